// What people tick and allow, as entries of the audit log.
import { checklist } from '../shared/checklist.ts'
import type { About, Audit } from './store/audit.ts'

export function noteTick(audit: Audit, importId: string, item: string, tickedAt: number, done: boolean): void {
  const what = checklist.find(({ id }) => id === item)?.text ?? item
  audit.append('checklist ticked', { item, what, done, tickedAt }, { importId })
}

export function noteAllowed(audit: Audit, all: readonly string[], about: About): void {
  if (all.length === 0) return
  const names = all.slice(0, 20).join(', ')
  audit.append(
    'automatic provisioning allowed',
    { computers: all.length, names: all.length > 20 ? `${names} …` : names },
    about
  )
}
