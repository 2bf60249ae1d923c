// The one certificate of a device that is ours: over a key that it makes itself, signed by our authority or by somebody's. TLS
// shows it, and 802.1X by certificate uses it too, because places in the store are few.
import { X509Certificate } from 'node:crypto'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { needsClientCertificate, signerOf } from '../../../shared/profile/eap.ts'
import { type KeyKind, keyKindOf, keyTitles, refusesRsa } from '../../../shared/profile/keys.ts'
import { derOf, fingerprintOf } from '../../setup/authority.ts'
import {
  clientUsage,
  keyKindIn,
  keyKindUnder,
  signatureHash,
  signedRequest,
  unsignedRequest
} from '../../setup/request.ts'
import { generalSettings } from '../../wsman/amt/generalSettings.ts'
import { publicKeyManagementService as service } from '../../wsman/amt/publicKeyManagementService.ts'
import type { Device } from '../../wsman/client.ts'
import { resourceUri } from '../../wsman/envelope.ts'
import type { Reference } from '../../wsman/schema.ts'
import type { Attempt } from '../attempt.ts'
import { openedDevice } from '../steps/opened.ts'
import { keyOf, type StoredCertificate, type StoredKey, storedCertificates, storedKeys } from './certificateStore.ts'
import { names } from './names.ts'

/** A certificate this close to its end (ms) is renewed. */
const renewal = 60 * 86_400_000
/** How often a device busy making its keys is asked, as other clients do (wsman.md 8.7). */
const longestWait = 20

/** The name that it bears: the one that the device has, or gets by this profile. */
export async function fqdnOf(attempt: Attempt): Promise<Result<string>> {
  const wanted = await names.want(attempt)
  if (!wanted.ok) return wanted
  const settings = await generalSettings.get(openedDevice(attempt))
  if (!settings.ok) return settings
  const { HostName = '', DomainName = '' } = { ...settings.value.values, ...wanted.value }
  const fqdn = [HostName, DomainName].filter((part) => part !== '').join('.')
  return fqdn === ''
    ? fail('setting-fixed', { values: { why: 'A certificate needs a name, and this device has no host name.' } })
    : ok(fqdn)
}

/** Whether a certificate may prove a client; one that names no usage may be used for everything (RFC 5280, 4.2.1.12). */
const isForClients = ({ keyUsage }: X509Certificate): boolean =>
  keyUsage === undefined || keyUsage.length === 0 || keyUsage.includes(clientUsage)

/** The key that the certificate of this device is over. */
export const keyKindFor = ({ plan, facts }: Attempt): KeyKind => keyKindOf(plan.profile, facts.amtVersion)

/** Whether it was signed for this device by whom the profile wants, is over its key, bears its name and does not end soon. */
export function fits(attempt: Attempt, certificate: StoredCertificate, fqdn: string): boolean {
  const { tools, plan, job } = attempt
  const kind = keyKindFor(attempt)
  try {
    const read = new X509Certificate(Buffer.from(certificate.der))
    if (keyKindUnder(certificate.der) !== kind) return false
    const byOwn = signerOf(plan.profile) === 'own'
    if (needsClientCertificate(plan.profile) && !isForClients(read)) return false
    // How long others make theirs last is their affair.
    const lasts = Date.parse(read.validTo) > tools.clock.now() + (byOwn ? renewal : 0)
    if (!lasts || read.checkHost(fqdn) === undefined) return false
    const root = tools.authority.known(kind)
    const isOwn = root !== undefined && read.verify(new X509Certificate(root).publicKey)
    if (byOwn) return isOwn
    return !isOwn && tools.store.certificates.issued(job.computer.guid).includes(certificate.fingerprint)
  } catch {
    return false
  }
}

/** "fin-0231.corp.example over ECC P-384, signed by this wizard" */
export function signedWords(attempt: Attempt, fqdn: string): string {
  const by = signerOf(attempt.plan.profile) === 'requests' ? 'your authority' : 'this wizard'
  return `${fqdn} over ${keyTitles[keyKindFor(attempt)]}, signed by ${by}`
}

/** Key pairs that no certificate is over. */
async function bareKeys(device: Device): Promise<Result<readonly StoredKey[]>> {
  const keys = await storedKeys(device)
  if (!keys.ok) return keys
  const all = await storedCertificates(device)
  if (!all.ok) return all
  const used = new Set(all.value.map(({ der }) => keyOf(der)))
  return ok(keys.value.filter(({ publicKey }) => !used.has(Buffer.from(publicKey).toString('base64'))))
}

/** The only ones there are (class documents of AMT): RSA of 2048 bits, ECC of 384. */
const generated = { rsa: { KeyAlgorithm: 0, KeyLength: 2048 }, ecc: { KeyAlgorithm: 1, KeyLength: 384 } } as const
/** What a request is signed with: SHA-256; that 2 stands for SHA-384 is believed. */
const signingAlgorithms: Readonly<Record<KeyKind, number>> = { rsa: 1, ecc: 2 }

/** Tells the device to make a key, and asks again while it is busy with that. */
async function generate(attempt: Attempt, device: Device): Promise<Result<null>> {
  const { tools, signal } = attempt
  for (let asked = 1; ; asked++) {
    const made = await service.generateKeyPair(device, generated[keyKindFor(attempt)])
    if (made.ok) return ok(null)
    if (made.problem.code !== 'amt-busy' || asked === longestWait) return made
    await tools.clock.sleep(tools.pace.keyPause, signal)
    if (signal.aborted) return fail('stopped')
  }
}

/**
 * A key that this device made for us. One begun before a kill is found again: what had no certificate before we asked is
 * on disk, and a bare key beside those is ours. A stranger's is never taken: its owner may know it.
 */
async function ownKey(attempt: Attempt, device: Device): Promise<Result<StoredKey>> {
  const { tools, job, plan } = attempt
  const { certificates } = tools.store
  const { guid, name } = job.computer
  const bare = await bareKeys(device)
  if (!bare.ok) return bare
  const begun = certificates.request(guid)
  const kind = keyKindFor(attempt)
  const isOurs = ({ fingerprint, publicKey }: StoredKey): boolean =>
    begun !== undefined &&
    keyKindIn(publicKey) === kind &&
    (begun.key === null ? !begun.keysBefore.includes(fingerprint) : begun.key === fingerprint)
  const known = bare.value.find(isOurs)
  if (known) {
    if (begun?.key === null) certificates.change(guid, { key: known.fingerprint })
    return ok(known)
  }
  const keysBefore = bare.value.map(({ fingerprint }) => fingerprint)
  certificates.begin(plan.practice, { guid, computer: name, keysBefore, key: null, request: null, certificate: null })
  const asked = await generate(attempt, device)
  if (!asked.ok) return asked
  const after = await bareKeys(device)
  if (!after.ok) return after
  const made = after.value.find(({ fingerprint }) => !keysBefore.includes(fingerprint))
  if (!made) return fail('answer-garbled', { found: 'no new key', expected: 'the key that was made' })
  certificates.change(guid, { key: made.fingerprint })
  return ok(made)
}

/** A reference to an instance of a class. */
export const at = (className: string, selectors: Reference['selectors']): Reference => ({
  resource: resourceUri(className),
  selectors
})

/** The request over a key, signed with it: by the newer method, or as firmware before 6.2 does it (wsman.md 3.5). */
async function requestOf(device: Device, key: StoredKey, fqdn: string, forClients: boolean): Promise<Result<string>> {
  const KeyPair = at('AMT_PublicPrivateKeyPair', { InstanceID: key.id })
  const newer = await service.generatePKCS10RequestEx(device, {
    KeyPair,
    SigningAlgorithm: signingAlgorithms[keyKindIn(key.publicKey) ?? 'rsa'],
    NullSignedCertificateRequest: unsignedRequest(fqdn, key.publicKey, forClients)
  })
  if (newer.ok) return signedRequest(newer.value.SignedCertificateRequest, key.publicKey)
  if (newer.problem.code !== 'class-missing' && newer.problem.code !== 'soap-fault') return newer
  const older = await service.generatePKCS10Request(device, { KeyPair, DNName: `CN=${fqdn}`, Usage: 0 })
  return older.ok ? signedRequest(older.value.CertificateRequest, key.publicKey) : older
}

/** Why a certificate is of no use here: its name, its time, how it was signed, or not for clients where it must be. */
function uselessFor({ tools, plan, facts }: Attempt, pem: string, fqdn: string): string | undefined {
  const read = new X509Certificate(pem)
  if (read.checkHost(fqdn) === undefined || Date.parse(read.validTo) <= tools.clock.now())
    return `The certificate brought in does not bear the name ${fqdn}, or its time is over.`
  const hash = signatureHash(pem)
  // Reported of AMT 22 by those who write another client: the list of what it no longer takes names SHA-256 here.
  if (refusesRsa(facts.amtVersion) && hash === 'SHA-256')
    return `The certificate brought in for ${fqdn} is signed with ${hash}, and AMT ${facts.amtVersion} wants SHA-384.`
  return needsClientCertificate(plan.profile) && !isForClients(read)
    ? `The certificate brought in for ${fqdn} is not for clients (usage ${clientUsage}), and 802.1X needs that.`
    : undefined
}

/** The certificate over a key in PEM. Problem certificate-unsigned while somebody else has to sign it. */
async function signed(attempt: Attempt, device: Device, key: StoredKey, fqdn: string): Promise<Result<string>> {
  const { tools, job, plan } = attempt
  const { certificates } = tools.store
  const { guid } = job.computer
  const known = certificates.request(guid)
  const isOwn = signerOf(plan.profile) === 'own'
  const forClients = needsClientCertificate(plan.profile)
  if (known?.certificate && !isOwn) {
    const why = uselessFor(attempt, known.certificate, fqdn)
    if (why === undefined) return ok(known.certificate)
    certificates.change(guid, { certificate: null, request: null })
    return fail('certificate-unreadable', { values: { why } })
  }
  const request = known?.request ? ok(known.request) : await requestOf(device, key, fqdn, forClients)
  // The number of SHA-384 in a request is only believed. Our own authority can do without one: the key was read from the
  // device over its own login.
  const canDoWithout = isOwn && !request.ok && keyKindFor(attempt) === 'ecc' && request.problem.code === 'amt-refused'
  if (!request.ok && !canDoWithout) return request
  if (isOwn) return tools.authority.issue(fqdn, key.publicKey, forClients)
  if (!request.ok) return request
  certificates.change(guid, { request: request.value })
  return fail('certificate-unsigned', { where: attempt.facts.endpoint, expected: `a certificate for ${fqdn}` })
}

/** Our certificate in the store of the device, if it is there with its key. */
export async function ownCertificate(attempt: Attempt, fqdn: string): Promise<Result<StoredCertificate | undefined>> {
  const device = openedDevice(attempt)
  const [all, keys] = [await storedCertificates(device), await storedKeys(device)]
  if (!all.ok) return all
  if (!keys.ok) return keys
  const held = new Set(keys.value.map(({ publicKey }) => Buffer.from(publicKey).toString('base64')))
  return ok(all.value.find((each) => held.has(keyOf(each.der) ?? '') && fits(attempt, each, fqdn)))
}

/** Our certificate in the store of the device: the one there already, or a new one over its own key. */
export async function inStore(attempt: Attempt, fqdn: string): Promise<Result<StoredCertificate>> {
  const device = openedDevice(attempt)
  const { tools, job } = attempt
  const { store } = tools
  const there = await ownCertificate(attempt, fqdn)
  if (!there.ok) return there
  if (there.value) {
    store.certificates.end(job.computer.guid)
    return ok(there.value)
  }
  const key = await ownKey(attempt, device)
  if (!key.ok) return key
  const pem = await signed(attempt, device, key.value, fqdn)
  if (!pem.ok) return pem
  const der = derOf(pem.value)
  const fingerprint = fingerprintOf(der)
  // On disk before the device has it: after a kill it is known by this.
  store.together(() => {
    store.certificates.addIssued(job.computer.guid, fingerprint, pem.value)
    store.audit.append(
      'certificate issued',
      { fingerprint, name: fqdn },
      { importId: job.importId, jobId: job.id, computer: job.computer.name }
    )
  })
  const added = await service.addCertificate(device, { CertificateBlob: der })
  if (!added.ok) return added
  store.certificates.end(job.computer.guid)
  const id = added.value.CreatedCertificate.selectors.InstanceID
  return typeof id === 'string'
    ? ok({ id, der, fingerprint, subject: fqdn, isRoot: false })
    : fail('answer-garbled', { found: 'no handle', expected: 'the handle of the certificate' })
}
