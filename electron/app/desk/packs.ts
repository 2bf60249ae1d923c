// Asks about site packs; files come and go through the dialogs of the system.
import type { packAsks } from '../../../shared/contract/packs.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import type { Core } from '../../core.ts'
import type { PackFile } from '../../packs/packs.ts'
import { type Handed, packEnding } from '../handed.ts'
import type { Desk } from '../ipc.ts'
import { allFiles, type Dialogs } from './dialogs.ts'

const packKind = { name: 'Site pack', extensions: [packEnding] }

export function packDesk(
  { packs, watching }: Core,
  dialogs: Dialogs,
  handed: Pick<Handed, 'next'>
): Pick<Desk, keyof typeof packAsks> {
  async function save(made: Result<PackFile>) {
    if (!made.ok) return made
    const { name, bytes, computers, secrets } = made.value
    const saved = await dialogs.save(name, packKind, bytes)
    if (!saved.ok || saved.value === null) return saved.ok ? ok(null) : saved
    packs.saved(made.value)
    return ok({ ...saved.value, computers, secrets })
  }
  return {
    'packs.read': () => packs.read(),
    'installation.rename': ({ name }) => packs.rename(name),
    'installation.renew': () => packs.renew(),
    'pack.save': async ({ draftIds, secrets, lock }) => save(await packs.save(draftIds, secrets, lock)),
    'pack.return': async ({ importIds, lock }) => save(await packs.giveBack(importIds, lock)),
    async 'pack.choose'() {
      const file = await dialogs.read([packKind, allFiles])
      if (!file.ok || file.value === null) return file.ok ? ok(null) : file
      return packs.open(file.value.name, file.value.bytes)
    },
    async 'pack.handed'() {
      const file = await handed.next()
      if (!file.ok || file.value === null) return file.ok ? ok(null) : file
      return watching ? fail('store-watched') : packs.open(file.value.name, file.value.bytes)
    },
    'pack.look': ({ token, passphrase }) => packs.look(token, passphrase),
    'pack.take': ({ token, trust }) => packs.take(token, trust),
    'pack.putAway'({ token }) {
      packs.putAway(token)
      return ok({})
    },
    'pack.resolve': ({ planId, guid, origin }) => packs.resolve(planId, guid, origin)
  }
}
