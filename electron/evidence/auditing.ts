// Signed heads, export, archive and verification of the audit log: what a store and the key of its installation make together.
import type { Chain } from '../../shared/audit.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { InstallationKey } from '../installation.ts'
import { genesis, type Head, headText, judge, type Line, type Piece, type Signer } from '../store/chain.ts'
import type { Store } from '../store/store.ts'
import { auditFile, readAuditFile } from './auditFile.ts'

/** A file to be saved: a name to propose, and what goes into it. */
export interface Document {
  readonly name: string
  readonly text: string
}

export interface Auditing {
  /** Signs the last entry, unless it is signed; what was cut off later is then missed. Problems of the keychain. */
  signHead(): Promise<Result<null>>
  /** Every entry in the store, signed. Problems of the keychain. */
  export(): Promise<Result<Document>>
  /** Notes that an export was saved. */
  exported(): void
  /**
   * Entries from before a time (ms since 1970) as a signed file; `save` puts it on disk and answers its name, null when nobody
   * wants it. Only then they leave the store. Problems: audit-broken, audit-nothing-older, those of the keychain and of `save`.
   */
  archive(
    before: number,
    save: (file: Document) => Promise<Result<{ readonly file: string } | null>>
  ): Promise<Result<{ readonly file: string; readonly entries: number } | null>>
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Whose signatures count in this store; undefined before there was a key. */
function signerOf(store: Store): Signer | undefined {
  const known = store.installation.keys()
  const [first] = known
  return first && { installation: first.installation, keys: known.map(({ publicKey }) => publicKey) }
}

/** Verifies the store's chain after that of archives; an export is judged without the store, which goes on from there. */
export function verifyAudit(
  store: Store,
  files: readonly { readonly name: string; readonly text: string }[]
): Result<Chain> {
  const signer = signerOf(store)
  const pieces: Piece[] = []
  let withStore = true
  for (const { name, text } of files) {
    const piece = readAuditFile(name, text, signer)
    if (!piece.ok) return piece
    pieces.push(piece.value)
    if (piece.value.kind === 'export') withStore = false
  }
  pieces.sort((a, b) => a.from - b.from)
  return ok(withStore ? store.audit.verify(pieces) : judge(pieces, signer))
}

/** The audit log of a store, with the key that signs it. */
export function auditingOf(options: {
  readonly store: Store
  readonly key: () => Promise<Result<InstallationKey>>
  readonly now: () => number
}): Auditing {
  const { store, key, now } = options
  const { audit } = store

  function signed(by: InstallationKey, { seq, hash }: { readonly seq: number; readonly hash: string }): Head {
    const head = { seq, hash, at: now() }
    const signature = Buffer.from(by.sign(headText(by.id, head))).toString('base64')
    return { ...head, key: by.publicKey, signature }
  }

  /** The key, once the last entry is signed with it; making the key is an entry itself. */
  async function signLast(): Promise<Result<InstallationKey>> {
    const by = await key()
    if (!by.ok) return by
    const last = audit.last()
    if (last && audit.heads.all().at(-1)?.seq !== last.seq) audit.heads.add(signed(by.value, last))
    return by
  }

  const excerpt = (kind: 'export' | 'archive', lines: readonly Line[]) => {
    const anchor = audit.heads.anchor()
    const last = lines.at(-1)?.seq ?? 0
    const heads = audit.heads.all().filter(({ seq }) => seq <= last)
    const keys = store.installation.keys().map(({ publicKey }) => publicKey)
    return { kind, from: (anchor?.seq ?? 0) + 1, prev: anchor?.hash ?? genesis, lines, heads, keys }
  }

  const nameOf = (kind: string, first: number, last: number): string =>
    `amt-audit-${kind}-${day(now())}-${first}-${last}.jsonl`

  return {
    async signHead() {
      const by = await signLast()
      return by.ok ? ok(null) : by
    },
    async export() {
      const by = await signLast()
      if (!by.ok) return by
      const from = (audit.heads.anchor()?.seq ?? 0) + 1
      const lines = audit.lines(from, Number.MAX_SAFE_INTEGER)
      const text = auditFile(excerpt('export', lines), by.value, now())
      return ok({ name: nameOf('export', from, lines.at(-1)?.seq ?? from), text })
    },
    exported() {
      const from = (audit.heads.anchor()?.seq ?? 0) + 1
      audit.append('audit exported', { from, to: audit.last()?.seq ?? from })
    },
    async archive(before, save) {
      // What is broken must stay where it can be looked at.
      const chain = audit.verify()
      if (!chain.holds) return fail('audit-broken', { values: { why: chain.why } })
      const to = audit.lastBefore(before)
      if (to === undefined) return fail('audit-nothing-older')
      const by = await signLast()
      if (!by.ok) return by
      const from = (audit.heads.anchor()?.seq ?? 0) + 1
      const lines = audit.lines(from, to)
      const last = lines.at(-1)
      if (!last) return fail('audit-nothing-older')
      const text = auditFile(excerpt('archive', lines), by.value, now())
      const saved = await save({ name: nameOf('archive', from, to), text })
      if (!saved.ok || saved.value === null) return saved.ok ? ok(null) : saved
      const { file } = saved.value
      store.together(() => {
        audit.heads.addAnchor(signed(by.value, last))
        audit.append('audit archived', { from, to, head: last.hash, file })
        audit.dropArchived()
      })
      return ok({ file, entries: lines.length })
    }
  }
}
