// The result of a dry run on one computer in words, for the page and the command line.
import { changeWords } from './change.ts'
import { type Check, certificatePlaces, checkTitles } from './plan.ts'

/** How the computer stands: "Ready; nothing would change", "Not reached: No answer", or what would change. */
export function resultWords({ state, problem, differences }: Pick<Check, 'state' | 'problem' | 'differences'>): string {
  if (state !== 'ready') return problem === null ? checkTitles[state] : `${checkTitles[state]}: ${problem.title}`
  return differences.length === 0 ? 'Ready; nothing would change' : differences.map(changeWords).join('; ')
}

/** What else was read, for whoever wants to know. */
export function factWords({
  facts,
  clockOff,
  certificates
}: Pick<Check, 'facts' | 'clockOff' | 'certificates'>): string {
  const { amtVersion, tls, account } = facts
  const free = certificates === null ? 0 : Math.max(0, certificatePlaces - certificates)
  return [
    amtVersion === undefined ? '' : `AMT ${amtVersion}`,
    tls === undefined ? '' : tls ? 'encrypted' : 'not encrypted',
    account === undefined ? '' : `opened by ${account}`,
    clockOff === null ? '' : `clock ${Math.abs(clockOff)} s ${clockOff < 0 ? 'slow' : 'fast'}`,
    certificates === null ? '' : `${free} of about ${certificatePlaces} places for certificates free`
  ]
    .filter((text) => text !== '')
    .join(', ')
}
