// Host name and domain in AMT become those of the row's FQDN, or those of the operating system.
import type { Value } from '../../../shared/change.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { generalSettings } from '../../wsman/amt/generalSettings.ts'
import type { Attempt } from '../attempt.ts'
import { valuesSetting, type Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'
import { readGeneral, writeGeneral } from './general.ts'

/** "fin-0231.corp.example" → host "fin-0231", domain "corp.example". */
export function splitFqdn(fqdn: string): { readonly HostName: string; readonly DomainName: string } {
  const dot = fqdn.indexOf('.')
  return dot < 0
    ? { HostName: fqdn, DomainName: '' }
    : { HostName: fqdn.slice(0, dot), DomainName: fqdn.slice(dot + 1) }
}

async function want(attempt: Attempt): Promise<Result<Wanted>> {
  const { names } = attempt.plan.profile
  if (names === 'keep') return ok({})
  if (names === 'fqdn') return ok(splitFqdn(attempt.job.computer.fqdn))
  const settings = await generalSettings.get(openedDevice(attempt))
  if (!settings.ok) return settings
  const { HostOSFQDN = '' } = settings.value.values
  return HostOSFQDN === ''
    ? fail('setting-fixed', { values: { why: 'The operating system has not told AMT its name yet.' } })
    : ok(splitFqdn(HostOSFQDN))
}

const same = (a: Value, b: Value): boolean => String(a ?? '').toLowerCase() === String(b ?? '').toLowerCase()

export const names = valuesSetting({
  name: 'names',
  wanted: (profile) => profile.names !== 'keep',
  values: { HostName: { title: 'Host name', same }, DomainName: { title: 'Domain', same } },
  want,
  read: (attempt) => readGeneral(attempt, { HostName: '', DomainName: '' }),
  write: writeGeneral
})
