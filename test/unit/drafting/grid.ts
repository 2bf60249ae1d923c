// A draft on a bench for tests of the grid: short words for what a page asks.
import type { Computer, Field } from '../../../shared/computer.ts'
import type { Edit, View } from '../../../shared/grid.ts'
import type { Profile } from '../../../shared/profile.ts'
import { noRoutes } from '../../../shared/strategy.ts'
import { type Bench, openBench, value } from '../../bench.ts'

export const plain: View = { filter: 'all', search: '', sort: null }
export const base64 = (text: string): string => Buffer.from(text).toString('base64')
export const guid = (n: number): string => `4c4c4544-0046-3000-8000-${n.toString(16).padStart(12, '0')}`
export const titles = 'Name,FQDN,SMBIOS GUID,MAC address,Remote admin password,AMT version'
export const line = (n: number, change: Partial<Record<Field, string>> = {}): string => {
  const mac = `02:1a:4f:00:00:${n.toString(16).padStart(2, '0')}`
  const usual = { name: `PC-${n}`, fqdn: `pc-${n}.corp.example`, guid: guid(n), mac, adminPassword: '', amtVersion: '' }
  return Object.values({ ...usual, ...change }).join(',')
}

/** A real draft with short asks. Every answer but that of `give` and `try` is the good half. */
export async function openGrid() {
  const bench = await openBench({ computers: [] })
  const { id } = bench.core.drafting.begin(false, [])
  const drafting = () => bench.core.drafting
  const attempt = (edit: Edit) => drafting().edit({ draftId: id, edit })
  return {
    bench,
    id,
    drafting,
    give: (name: string, lines: readonly string[], replace?: 'replace') =>
      drafting().give(id, name, Buffer.from(lines.join('\r\n')), replace),
    attempt,
    edit: async (edit: Edit) => value(await attempt(edit)),
    undo: async (redo = false) => value(await drafting().undo({ draftId: id, redo })),
    read: async (view: Partial<View> = {}) =>
      value(await drafting().readRows({ draftId: id, view: { ...plain, ...view }, from: 0, count: 500 })),
    draft: () => value(drafting().open(id)),
    repairs: async () => value(await drafting().repairs(id)).repairs
  }
}

/** A computer as an earlier import had it, computer 1 unless told otherwise; nothing is sent to it. */
export function importOne({ core }: Bench, profile: Profile, change: Partial<Computer> = {}): void {
  const computer: Computer = {
    ...{ name: 'PC-1', fqdn: 'pc-1.corp.example', guid: guid(1), mac: '02:1a:4f:00:00:01', address: '' },
    ...{ amtVersion: '', amtStatus: '', automaticPrevented: false },
    ...change
  }
  const facts = { practice: false, source: 'x', collection: '', route: null, answers: {}, routes: noRoutes }
  const plan = { id: 'i', ...facts, checklist: {}, accounts: [], startedAt: 1, actor: 't', profile }
  core.store.jobs.create(plan, [{ id: 'j', computer }])
}
