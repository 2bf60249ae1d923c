// Host name and domain in AMT become those of the row's FQDN, when the profile wants it.
import { ok, type Result } from '../../../shared/problem.ts'
import { generalSettings } from '../../wsman/amt/generalSettings.ts'
import type { Attempt, Step } from '../attempt.ts'
import { openedDevice } from './opened.ts'

/** "fin-0231.corp.example" → host "fin-0231", domain "corp.example". */
export function splitFqdn(fqdn: string): { readonly host: string; readonly domain: string } {
  const dot = fqdn.indexOf('.')
  return dot < 0 ? { host: fqdn, domain: '' } : { host: fqdn.slice(0, dot), domain: fqdn.slice(dot + 1) }
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

async function isDone(attempt: Attempt): Promise<Result<boolean>> {
  if (attempt.plan.profile.names === 'keep') return ok(true)
  const settings = await generalSettings.get(openedDevice(attempt))
  if (!settings.ok) return settings
  attempt.found.settings = settings.value.values
  const wanted = splitFqdn(attempt.job.computer.fqdn)
  const { HostName = '', DomainName = '' } = settings.value.values
  return ok(same(HostName, wanted.host) && same(DomainName, wanted.domain))
}

async function makeSo(attempt: Attempt): Promise<Result<null>> {
  const device = openedDevice(attempt)
  const before = await generalSettings.get(device)
  if (!before.ok) return before
  const wanted = splitFqdn(attempt.job.computer.fqdn)
  const put = await generalSettings.put(device, before.value, { HostName: wanted.host, DomainName: wanted.domain })
  return put.ok ? ok(null) : put
}

const full = (host: string, domain: string): string => (domain === '' ? host || '(none)' : `${host}.${domain}`)

export const names: Step = {
  name: 'names',
  writes: true,
  what: ({ found, job }) =>
    `Host name and domain: ${full(found.settings?.HostName ?? '', found.settings?.DomainName ?? '')} → ${job.computer.fqdn}`,
  isDone,
  makeSo
}
