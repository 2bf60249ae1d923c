// Finds the device and who it is, without any password; a known certificate is compared before anything else is said.
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { findEndpoint } from '../../wsman/reach.ts'
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
  const { tools, job, signal } = attempt
  const place = tools.locate(job.computer)
  if (!place.ok) return place
  const { host, ports } = place.value
  const reached = await findEndpoint(host, {
    ports,
    pin: tools.store.secrets.pin(job.computer.guid),
    timeouts: { connect: tools.pace.connect, firstByte: tools.pace.answer, total: tools.pace.answer * 2 },
    signal,
    tls: { allowTls: tools.store.secrets.tlsFloor(job.computer.guid) }
  })
  if (!reached.ok) return reached
  const { endpoint, identity } = reached.value
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
