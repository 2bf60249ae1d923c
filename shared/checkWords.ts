// The result of a dry run on one computer in words, for the page and the command line.
import { changeWords } from './change.ts'
import { type Check, checkTitles } from './plan.ts'
import { kerberosWords } from './profile/kerberos.ts'
import { roomWords } from './room.ts'

/** How the computer stands: "Ready; nothing would change", "Not reached: No answer", or what would change. */
export function resultWords({ state, problem, differences }: Pick<Check, 'state' | 'problem' | 'differences'>): string {
  if (state !== 'ready') return problem === null ? checkTitles[state] : `${checkTitles[state]}: ${problem.title}`
  return differences.length === 0 ? 'Ready; nothing would change' : differences.map(changeWords).join('; ')
}

/** What else was read, for whoever wants to know. */
export function factWords({ facts, clockOff, room }: Pick<Check, 'facts' | 'clockOff' | 'room'>): string {
  const { amtVersion, tls, account, kerberos } = facts
  return [
    amtVersion === undefined ? '' : `AMT ${amtVersion}`,
    tls === undefined ? '' : tls ? 'encrypted' : 'not encrypted',
    account === undefined ? '' : `opened by ${account}`,
    kerberos === undefined ? '' : `Kerberos ${kerberosWords(kerberos)}`,
    clockOff === null ? '' : `clock ${Math.abs(clockOff)} s ${clockOff < 0 ? 'slow' : 'fast'}`,
    room === null ? '' : roomWords(room)
  ]
    .filter((text) => text !== '')
    .join(', ')
}
