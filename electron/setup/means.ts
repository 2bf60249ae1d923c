// What the wizard has to set computers up with: provisioning certificates, and pairs of PID and PPS; secrets and chains in the keychain alone.
import { fail, ok, type Result } from '../../shared/problem.ts'
import { type Call, type Means, type Pair, type Provisioning, readPid, suffixFits } from '../../shared/setUp.ts'
import type { UsbWish } from '../../shared/usbKey.ts'
import type { KeptProvisioning } from '../store/setUps.ts'
import type { Store } from '../store/store.ts'
import type { Vault } from '../vault.ts'
import type { ClientCertificate } from '../wsman/tlsProfiles.ts'
import { type Chain, chainFrom, described, pemOf, provisioningIn } from './provisioningCertificate.ts'
import { generatedPairs, type PairWithKey } from './psk.ts'
import { usbKeyBytes } from './usbKey.ts'
import { pairsInFile, wishedPairs, wishedRecords } from './usbWish.ts'

/** How a device is to be let in to: our certificate, or the key that both sides hold. */
export type Entry =
  | { readonly kind: 'certificate'; readonly client: ClientCertificate; readonly about: Provisioning }
  | {
      readonly kind: 'psk'
      readonly psk: { readonly pid: string; readonly pps: string }
      /** The slot of the MEBx password that came with the pair. */
      readonly mebx?: string
    }

/** A USB key that is ready to be written; what is on it is in the keychain already. */
export interface UsbFile {
  readonly bytes: Uint8Array
  /** null: one record for all. */
  readonly computers: number | null
  /** Kept pairs that MEBx would not take. */
  readonly leftOut: number
}

export interface MeansOf {
  /** Whether there is anything at all. */
  readonly has: () => boolean
  readonly all: () => Promise<Result<Means>>
  /** Takes a certificate in, unless it can be of no use. */
  readonly keepProvisioning: (bytes: Uint8Array, password: string) => Promise<Result<Provisioning>>
  readonly forgetCertificate: (fingerprint: string) => Promise<Result<null>>
  /** Takes a list of pairs or a setup.bin in; answers how many. A PID that is here already gets the PPS of the list. */
  readonly importPairs: (bytes: Uint8Array, source: string) => Promise<Result<number>>
  readonly generatePairs: (count: number) => Promise<Result<readonly Pair[]>>
  readonly forgetPairs: (pids: readonly string[]) => Promise<Result<null>>
  /** The pairs with their PPS: only to be written out by a person's choice. */
  readonly pairsWithKeys: () => Promise<Result<readonly PairWithKey[]>>
  /** The bytes of a setup.bin, after everything on it went into the keychain. Problems: usb-key-impossible, those of the keychain. */
  readonly makeUsbKey: (wish: UsbWish) => Promise<Result<UsbFile>>
  /** Forgets a key with the MEBx password of its one record; pairs are forgotten by themselves. */
  readonly forgetUsbKey: (id: string) => Promise<Result<null>>
  /** What fits a computer by its hello and its FQDN. Problems: psk-unknown, root-not-in-device, provisioning-certificate-missing. */
  readonly entryFor: (call: Call | undefined, fqdn: string) => Promise<Result<Entry>>
}

export interface MeansOptions {
  readonly store: Store
  readonly vault: Vault
  readonly practice: boolean
  readonly now: () => number
  readonly random: (count: number) => Uint8Array
}

/** Windows keeps fewer characters in one entry than a chain has. */
const piece = 800
const pieces = (text: string): string[] => text.match(new RegExp(`[\\s\\S]{1,${piece}}`, 'g')) ?? []

/** The means of one kind (real or practice) over a store and a vault. */
export function meansOf({ store, vault, practice, now, random }: MeansOptions): MeansOf {
  const place = `set-up/${practice ? 'practice' : 'real'}`

  async function whole(slots: readonly string[]): Promise<Result<string | undefined>> {
    const found = await vault.findMany(slots)
    if (!found.ok) return found
    const parts = slots.map((slot) => found.value.get(slot))
    return ok(parts.every((part) => part !== undefined) ? parts.join('') : undefined)
  }

  async function shown({ certificate }: KeptProvisioning): Promise<Result<Provisioning | undefined>> {
    const cert = await whole(certificate)
    if (!cert.ok) return cert
    return ok(
      cert.value === undefined ? undefined : described({ certificates: chainFrom(cert.value), unused: 0 }, now())
    )
  }

  async function listed(): Promise<
    Result<readonly { readonly kept: KeptProvisioning; readonly about: Provisioning }[]>
  > {
    const list: { kept: KeptProvisioning; about: Provisioning }[] = []
    for (const kept of store.setUps.certificates(practice)) {
      const about = await shown(kept)
      if (!about.ok) return about
      if (about.value) list.push({ kept, about: about.value })
    }
    return ok(list)
  }

  async function keep(chain: Chain, about: Provisioning): Promise<Result<Provisioning>> {
    const { cert, key } = pemOf(chain)
    const name = `${place}/${about.fingerprint.slice(0, 16)}`
    const certificate = await vault.keepMany(`${name}/chain`, pieces(cert))
    if (!certificate.ok) return certificate
    const keySlots = await vault.keepMany(`${name}/key`, pieces(key))
    if (!keySlots.ok) return keySlots
    store.together(() => {
      const { fingerprint } = about
      store.setUps.keepCertificate(practice, { fingerprint, certificate: certificate.value, key: keySlots.value })
      store.audit.append('provisioning certificate kept', { fingerprint, name: about.name })
    })
    return ok(about)
  }

  async function keepPairs(pairs: readonly PairWithKey[], source: string): Promise<Result<readonly Pair[]>> {
    const at = now()
    const kept: Pair[] = []
    const before = new Map(store.setUps.pairs(practice).map((pair) => [pair.pid, pair.mebx]))
    for (const { pid, pps, mebx } of pairs) {
      const slot = `${place}/psk/${pid}`
      const secret = await vault.keep(slot, pps)
      if (!secret.ok) return secret
      const held = mebx === undefined ? ok(null) : await vault.keep(`${slot}/mebx`, mebx)
      if (!held.ok) return held
      const mebxSlot = mebx === undefined ? (before.get(pid) ?? null) : `${slot}/mebx`
      store.setUps.keepPair(practice, { pid, slot, source, at, mebx: mebxSlot })
      kept.push({ pid, source, at })
    }
    store.audit.append('pairs kept', { count: kept.length, source })
    return ok(kept)
  }

  async function pskFor(pid: string): Promise<Result<Entry>> {
    const wanted = readPid(pid)
    const pair = store.setUps.pairs(practice).find((each) => each.pid === wanted)
    if (!pair) return fail('psk-unknown', { values: { pid: wanted ?? '?' } })
    const { slot, mebx } = pair
    const found = await vault.findMany(mebx === null ? [slot] : [slot, mebx])
    if (!found.ok) return found
    const pps = found.value.get(slot)
    if (pps === undefined) return fail('psk-unknown', { values: { pid: pair.pid } })
    // Its MEBx password may be gone since: released with other former ones.
    const isHeld = mebx !== null && found.value.has(mebx)
    return ok({ kind: 'psk', psk: { pid: pair.pid, pps }, ...(isHeld && { mebx }) })
  }

  async function pairsWithKeys(): Promise<Result<readonly PairWithKey[]>> {
    const pairs = store.setUps.pairs(practice)
    const found = await vault.findMany(pairs.flatMap(({ slot, mebx }) => (mebx === null ? [slot] : [slot, mebx])))
    if (!found.ok) return found
    return ok(
      pairs.flatMap(({ pid, slot, mebx: mebxSlot }): PairWithKey[] => {
        const [pps, mebx] = [found.value.get(slot), mebxSlot === null ? undefined : found.value.get(mebxSlot)]
        return pps === undefined ? [] : [{ pid, pps, ...(mebx !== undefined && { mebx }) }]
      })
    )
  }

  async function makeUsbKey(wish: UsbWish): Promise<Result<UsbFile>> {
    const kept = wish.content.kind === 'pairs' && wish.content.count === null ? await pairsWithKeys() : ok([])
    if (!kept.ok) return kept
    const wished = wishedPairs(wish, kept.value, random)
    if (!wished.ok) return wished
    const { pairs, leftOut } = wished.value
    const records = wishedRecords(wish, pairs)
    if (!records.ok) return records
    const { content, version } = wish
    const id = Buffer.from(random(8)).toString('hex')
    const slot = content.kind === 'certificate' ? `${place}/usb-key/${id}` : null
    const held =
      slot !== null && content.password !== null
        ? await vault.keep(slot, content.password)
        : await keepPairs(pairs, 'put on a USB key')
    if (!held.ok) return held
    const computers = content.kind === 'pairs' ? pairs.length : null
    store.setUps.keepUsbKey(practice, { id, at: now(), version, computers, mebx: slot })
    return ok({ bytes: usbKeyBytes(version, computers === null, records.value), computers, leftOut })
  }

  return {
    has: () => store.setUps.certificates(practice).length + store.setUps.pairs(practice).length > 0,
    async all() {
      const certificates = await listed()
      if (!certificates.ok) return certificates
      const pairs = store.setUps.pairs(practice).map(({ pid, source, at }) => ({ pid, source, at }))
      const usbKeys = store.setUps.usbKeys(practice).map(({ mebx: _, ...key }) => key)
      return ok({ certificates: certificates.value.map(({ about }) => about), pairs, usbKeys })
    },
    async keepProvisioning(bytes, password) {
      const chain = await provisioningIn(bytes, password)
      if (!chain.ok) return chain
      const about = described(chain.value, now())
      const blocker = about.findings.find(({ severity }) => severity === 'blocker')
      return blocker ? fail('provisioning-unfit', { values: { why: blocker.text } }) : keep(chain.value, about)
    },
    async forgetCertificate(fingerprint) {
      const kept = store.setUps.certificates(practice).find((each) => each.fingerprint === fingerprint)
      if (!kept) return ok(null)
      store.together(() => {
        store.setUps.forgetCertificate(practice, fingerprint)
        store.audit.append('provisioning certificate forgotten', { fingerprint })
      })
      return vault.release([...kept.certificate, ...kept.key])
    },
    async importPairs(bytes, source) {
      const pairs = pairsInFile(bytes)
      if (!pairs.ok) return pairs
      const kept = await keepPairs(pairs.value, source)
      return kept.ok ? ok(kept.value.length) : kept
    },
    generatePairs: (count) => keepPairs(generatedPairs(count, random), 'made here'),
    async forgetPairs(pids) {
      const gone = store.setUps.pairs(practice).filter(({ pid }) => pids.includes(pid))
      store.together(() => {
        for (const { pid } of gone) store.setUps.forgetPair(practice, pid)
      })
      // A device that was set up by a pair goes on using the MEBx password that came with it.
      const used = new Set(store.secrets.all(practice).map(({ slot }) => slot))
      const mebx = gone.flatMap((pair) => (pair.mebx === null || used.has(pair.mebx) ? [] : [pair.mebx]))
      return vault.release([...gone.map(({ slot }) => slot), ...mebx])
    },
    pairsWithKeys,
    makeUsbKey,
    async forgetUsbKey(id) {
      const key = store.setUps.usbKeys(practice).find((each) => each.id === id)
      if (!key) return ok(null)
      store.together(() => {
        store.setUps.forgetUsbKey(id)
        store.audit.append('usb key forgotten', { version: key.version })
      })
      return key.mebx === null ? ok(null) : vault.release([key.mebx])
    },
    async entryFor(call, fqdn) {
      if (call?.pid !== undefined) return pskFor(call.pid)
      const all = await listed()
      if (!all.ok) return all
      if (all.value.length === 0) return fail('provisioning-certificate-missing')
      const roots = call?.roots ?? []
      const isTrusted = ({ about: { root } }: { readonly about: Provisioning }): boolean =>
        roots.length === 0 || [root.sha1, root.sha256, root.sha384].some((hash) => roots.includes(hash))
      const trusted = all.value.filter(isTrusted)
      const domain = fqdn.slice(fqdn.indexOf('.') + 1)
      const best = trusted.find(({ about }) => suffixFits(about.name, domain) === true) ?? trusted[0]
      if (!best) {
        const [first] = all.value
        return fail('root-not-in-device', { values: { count: roots.length }, found: first?.about.root.sha256 })
      }
      const ended = best.about.findings.find(({ severity }) => severity === 'blocker')
      if (ended) return fail('provisioning-unfit', { values: { why: ended.text }, where: best.about.name })
      const [cert, key] = [await whole(best.kept.certificate), await whole(best.kept.key)]
      if (!cert.ok) return cert
      if (!key.ok) return key
      if (cert.value === undefined || key.value === undefined)
        return fail('secret-gone', { values: { what: 'the provisioning certificate' } })
      return ok({ kind: 'certificate', client: { cert: cert.value, key: key.value }, about: best.about })
    }
  }
}
