// The passwords of an import as a sheet: what opens its computers now, out of the keychain.
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Purpose } from '../store/secrets.ts'
import type { Store } from '../store/store.ts'
import type { Vaults } from '../vault.ts'
import type { Document } from './auditing.ts'
import { type SheetRow, sealSheet } from './sheet.ts'

const opensWords = (purpose: Purpose): string =>
  purpose === 'admin' ? 'Remote Admin Account' : purpose === 'mebx' ? 'MEBx' : purpose === 'wired' ? '802.1X' : purpose

export interface SecretSheet extends Document {
  readonly count: number
}

/**
 * An encrypted sheet of what opens the computers of an import. Those that were sent and not proved are on it too: after an
 * accident they may be the only ones that fit. Problems: import-gone, no-secrets, passphrase-weak, those of the keychain.
 */
export async function sheetOfImport(options: {
  readonly store: Store
  readonly vaults: Vaults
  readonly importId: string
  readonly passphrase: string
  readonly now: number
  readonly random: (count: number) => Uint8Array
}): Promise<Result<SecretSheet>> {
  const { store, vaults, importId, passphrase, now, random } = options
  const kept = store.jobs.import(importId)
  if (!kept) return fail('import-gone', { found: importId })
  const vault = kept.practice ? vaults.practice : vaults.real
  const wanted = store.jobs.of(importId).flatMap(({ computer }) =>
    store.secrets
      .every(computer.guid)
      .filter(({ role }) => role !== 'former')
      .map((secret) => ({ computer, secret }))
  )
  const found = await vault.findMany([...new Set(wanted.map(({ secret }) => secret.slot))])
  if (!found.ok) return found
  const rows = wanted.flatMap(({ computer, secret }): SheetRow[] => {
    const password = found.value.get(secret.slot)
    if (password === undefined) return []
    const { name, fqdn, guid } = computer
    const opens = opensWords(secret.purpose)
    return [
      { computer: name, fqdn, guid, opens, username: secret.username, password, proved: secret.role === 'current' }
    ]
  })
  if (rows.length === 0) return fail('no-secrets')
  const sealed = await sealSheet({ source: kept.source, writtenAt: now, rows }, passphrase, random)
  if (!sealed.ok) return sealed
  const stem = `${new Date(now).toISOString().slice(0, 10)}-${importId.slice(0, 6)}`
  return ok({ name: `amt-passwords-${stem}.amtsecrets`, text: sealed.value, count: rows.length })
}
