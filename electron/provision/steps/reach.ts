// Finds the device and who it is, without any password; a known certificate is compared before anything else is said.
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { keyKindUnder } from '../../setup/request.ts'
import type { TlsChoices } from '../../wsman/client.ts'
import { findEndpoint, type Reached, type ReachOptions } from '../../wsman/reach.ts'
import type { Attempt, Step } from '../attempt.ts'

/** First native version without the Intel WS-MAN translator (configmgr.md 3.7). */
const firstNative = [3, 2, 1] as const

/** Whether "11.8.50.3425" is at least the first native version; unknown versions get the benefit of the doubt. */
export function isNative(version: string | undefined): boolean {
  const parts = (version ?? '').split('.').map(Number)
  if (parts.length < 2 || parts.some(Number.isNaN)) return true
  for (const [index, wanted] of firstNative.entries()) {
    const part = parts[index] ?? 0
    if (part !== wanted) return part > wanted
  }
  return true
}

async function find(attempt: Attempt): Promise<Result<null>> {
  const { tools, job } = attempt
  const place = tools.locate(job.computer)
  if (!place.ok) return place
  const { host, ports } = place.value
  const { guid } = job.computer
  const lookFor = async (pin: string | undefined): Promise<Result<Reached>> => {
    const options = await reachOptions(attempt, pin)
    return options.ok ? findEndpoint(host, { ...options.value, ports, pin }) : options
  }
  const found = await lookFor(tools.store.secrets.pin(guid))
  const ours = oursInstead(attempt, found)
  const reached = ours === undefined ? found : await lookFor(ours)
  return reached.ok ? takeReached(attempt, reached.value) : reached
}

/** How devices are looked for, but for the place; the pin tells by which of our certificates we prove ourselves. */
export async function reachOptions(
  attempt: Attempt,
  pin: string | undefined = attempt.found.endpoint?.pin
): Promise<Result<Pick<ReachOptions, 'timeouts' | 'signal' | 'tls'>>> {
  const { tools, job, signal } = attempt
  const { connect, answer } = tools.pace
  const proof = await proofOf(attempt, pin)
  if (!proof.ok) return proof
  return ok({
    timeouts: { connect, firstByte: answer, total: answer * 2 },
    signal,
    tls: { allowTls: tools.store.secrets.tlsFloor(job.computer.guid), ...proof.value }
  })
}

/** How we prove ourselves in TLS: by what sets a device up while it is in set-up, else by the wizard's own certificate. */
async function proofOf(
  { found: { entry }, tools: { authority, store }, job }: Attempt,
  pin: string | undefined
): Promise<Result<Pick<TlsChoices, 'client' | 'psk'>>> {
  if (entry?.kind === 'psk') return ok({ psk: entry.psk })
  if (entry?.kind === 'certificate') return ok({ client: entry.client })
  const issued = pin === undefined ? undefined : store.certificates.issuedAs(job.computer.guid, pin)
  // A device that shows what we gave it trusts the root of the same kind of key.
  const client = await authority.client((issued === undefined ? undefined : keyKindUnder(issued)) ?? 'rsa')
  return client.ok ? ok({ client: client.value }) : client
}

/** After a kill between a commit and its proof the device shows what we issued to it, and the pin is still the former one. */
function oursInstead({ tools, job }: Attempt, found: Result<Reached>): string | undefined {
  if (found.ok || found.problem.code !== 'certificate-changed') return undefined
  const shown = found.problem.found
  return tools.store.certificates.issued(job.computer.guid).find((each) => each === shown)
}

/** Takes what was found over into the attempt. Problem needs-translator for firmware that speaks no WS-MAN by itself. */
export function takeReached(attempt: Attempt, { endpoint, identity }: Reached): Result<null> {
  const address = `${endpoint.host}:${endpoint.port}`
  if (!identity.wsman || !isNative(identity.amtVersion)) {
    return fail('needs-translator', { where: address, found: identity.amtVersion ?? identity.server })
  }
  attempt.found.endpoint = endpoint
  attempt.found.identity = identity
  if (identity.realm !== undefined) attempt.found.realm = identity.realm
  attempt.facts = {
    ...attempt.facts,
    endpoint: address,
    tls: endpoint.tls,
    ...(identity.tls && { protocol: identity.tls.protocol }),
    ...(identity.amtVersion !== undefined && { amtVersion: identity.amtVersion })
  }
  return ok(null)
}

export const reach: Step = {
  name: 'reach',
  writes: false,
  what: () => '',
  isDone: async ({ found }) => ok(found.endpoint !== undefined),
  makeSo: find
}
