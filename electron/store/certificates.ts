// What the store knows about certificates: the own authority, what was issued to which device, and requests on their way.
import { z } from 'zod'
import { guidKey } from '../../shared/guid.ts'
import type { KeyKind } from '../../shared/profile/keys.ts'
import type { Db } from './database.ts'

const heldSchema = z.object({
  /** PEM. */
  certificate: z.string(),
  /** Where the parts of its key lie, in order. */
  slots: z.array(z.string())
})
const authoritySchema = z.object({ root: heldSchema, client: heldSchema })
/** The one over RSA was there first and lies at the top; either may be there without the other. */
const keptSchema = authoritySchema.partial().extend({ ecc: authoritySchema.optional() })
/** A certificate whose key is in the keychain. */
export type Held = z.infer<typeof heldSchema>
/** The root that signs, and the certificate by which the wizard proves itself to devices. */
export type KeptAuthority = z.infer<typeof authoritySchema>

/** A certificate for a device that is not in the device yet. */
export interface SigningRequest {
  readonly guid: string
  /** Name of the computer, for people. */
  readonly computer: string
  /** SHA-256 of the public keys that had no certificate before the device was told to make one. */
  readonly keysBefore: readonly string[]
  /** SHA-256 of the public key it is about; null until the device has said it. */
  readonly key: string | null
  /** PEM; null until the device has signed it. */
  readonly request: string | null
  /** PEM, as somebody else signed it; null until it was brought in. */
  readonly certificate: string | null
}

export interface Certificates {
  /** Of each kind of key there is one, RSA where none is named. */
  authority(practice: boolean, kind?: KeyKind): KeptAuthority | undefined
  keepAuthority(practice: boolean, kind: KeyKind, kept: KeptAuthority): void

  /** SHA-256 of every certificate issued to this device, the newest first. */
  issued(guid: string): readonly string[]
  /** The certificate of this fingerprint, PEM, if it was issued to this device. */
  issuedAs(guid: string, fingerprint: string): string | undefined
  addIssued(guid: string, fingerprint: string, certificate: string): void

  request(guid: string): SigningRequest | undefined
  requests(practice: boolean): readonly SigningRequest[]
  /** A new one in the place of whatever there was. */
  begin(practice: boolean, request: SigningRequest): void
  change(guid: string, change: Partial<Pick<SigningRequest, 'key' | 'request' | 'certificate'>>): void
  end(guid: string): void
  forgetPractice(): void
}

interface RequestLine extends Omit<SigningRequest, 'keysBefore'> {
  readonly keysBefore: string
}

const columns = 'guid, computer, keys_before AS keysBefore, key, request, certificate'
const ofPractice = `guid IN (SELECT guid FROM jobs JOIN imports ON imports.id = import_id WHERE practice = 1)
  AND guid NOT IN (SELECT guid FROM jobs JOIN imports ON imports.id = import_id WHERE practice = 0)`

/** The certificate tables of a store. */
export function certificatesOf(db: Db, now: () => number): Certificates {
  const getAuthority = db.prepare<[number], { body: string }>('SELECT body FROM authorities WHERE practice = ?')
  const putAuthority = db.prepare(
    `INSERT INTO authorities (practice, body, at) VALUES (?, ?, ?)
     ON CONFLICT (practice) DO UPDATE SET body = excluded.body, at = excluded.at`
  )
  const getIssued = db.prepare<[string], { fingerprint: string }>(
    'SELECT fingerprint FROM issued_certificates WHERE guid = ? ORDER BY at DESC'
  )
  const getIssuedAs = db.prepare<[string, string], { certificate: string }>(
    'SELECT certificate FROM issued_certificates WHERE guid = ? AND fingerprint = ?'
  )
  const putIssued = db.prepare(
    `INSERT INTO issued_certificates (guid, fingerprint, certificate, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (guid, fingerprint) DO NOTHING`
  )
  const getRequest = db.prepare<[string], RequestLine>(`SELECT ${columns} FROM signing_requests WHERE guid = ?`)
  const getRequests = db.prepare<[number], RequestLine>(
    `SELECT ${columns} FROM signing_requests WHERE practice = ? ORDER BY computer`
  )
  const putRequest = db.prepare(
    `INSERT OR REPLACE INTO signing_requests (guid, keys_before, key, computer, request, certificate, practice, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
  )
  const setRequest = db.prepare('UPDATE signing_requests SET key = ?, request = ?, certificate = ? WHERE guid = ?')
  const dropRequest = db.prepare('DELETE FROM signing_requests WHERE guid = ?')
  const dropPractice = db.prepare('DELETE FROM signing_requests WHERE practice = 1')
  const dropPracticeIssued = db.prepare(`DELETE FROM issued_certificates WHERE ${ofPractice}`)
  const read = ({ keysBefore, ...rest }: RequestLine): SigningRequest => ({
    ...rest,
    keysBefore: z.array(z.string()).parse(JSON.parse(keysBefore))
  })
  const request = (guid: string): SigningRequest | undefined => {
    const line = getRequest.get(guidKey(guid))
    return line && read(line)
  }
  const kept = (practice: boolean): z.infer<typeof keptSchema> => {
    const line = getAuthority.get(practice ? 1 : 0)
    return line ? keptSchema.parse(JSON.parse(line.body)) : {}
  }
  return {
    authority(practice, kind = 'rsa') {
      const { ecc, root, client } = kept(practice)
      if (kind === 'ecc') return ecc
      return root && client && { root, client }
    },
    keepAuthority(practice, kind, authority) {
      const body = { ...kept(practice), ...(kind === 'ecc' ? { ecc: authority } : authority) }
      putAuthority.run(practice ? 1 : 0, JSON.stringify(body), now())
    },
    issued: (guid) => getIssued.all(guidKey(guid)).map(({ fingerprint }) => fingerprint),
    issuedAs: (guid, fingerprint) => getIssuedAs.get(guidKey(guid), fingerprint)?.certificate,
    addIssued: (guid, fingerprint, certificate) => void putIssued.run(guidKey(guid), fingerprint, certificate, now()),
    request,
    requests: (practice) => getRequests.all(practice ? 1 : 0).map(read),
    begin: (practice, { guid, keysBefore, key, computer, request: pem, certificate }) =>
      void putRequest.run(
        guidKey(guid),
        JSON.stringify(keysBefore),
        key,
        computer,
        pem,
        certificate,
        practice ? 1 : 0,
        now()
      ),
    change(guid, change) {
      const known = request(guid)
      if (!known) return
      const { key, request: pem, certificate } = { ...known, ...change }
      setRequest.run(key, pem, certificate, guidKey(guid))
    },
    end: (guid) => void dropRequest.run(guidKey(guid)),
    forgetPractice() {
      dropPractice.run()
      dropPracticeIssued.run()
    }
  }
}
