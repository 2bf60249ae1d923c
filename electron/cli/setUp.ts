// `amt-migrate setup …`: what computers are set up with, on the command line: provisioning certificates, PID and PPS.
import { open, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { factoryPassword } from '../../shared/password.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { dashed, type Provisioning } from '../../shared/setUp.ts'
import {
  type UsbVersion,
  type UsbWish,
  usbKeyDoubt,
  usbKeyRules,
  usbWishSchema,
  usualUsbVersion
} from '../../shared/usbKey.ts'
import { readSource } from '../intake/source.ts'
import { pairsText } from '../setup/psk.ts'
import type { Asking } from './ask.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { type CoreArguments, told, withCore } from './opened.ts'
import { count, plain, print, printJson } from './words.ts'

const severityWords = { blocker: 'Stops it', warning: 'Warning', note: 'Note' } as const

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

function printCertificate({ name, key, until, root, chain, findings }: Provisioning): void {
  print(plain(`${name}: ${key}, valid until ${day(until)}.`))
  print(plain(`Chain: ${chain.join(' < ')}`))
  print(plain(`Root hash, SHA-256: ${root.sha256}`))
  for (const { severity, text } of findings) print(plain(`${severityWords[severity]}: ${text}`))
}

/** Imports a PFX or PEM file; its password is asked for, or read from standard input (an empty line where it has none). */
export async function importCertificate(
  args: CoreArguments & { readonly file: string; readonly asking: Asking }
): Promise<ExitCode> {
  const { file, json, asking } = args
  const bytes = await readSource(file, { open, stat })
  if (!bytes.ok) return told(bytes.problem, json)
  const password = (await asking.ask(`Password of ${basename(file)} (empty when it has none)`)) ?? ''
  return withCore(args, {}, async ({ means }) => {
    const taken = await means.real.keepProvisioning(bytes.value, password)
    if (!taken.ok) return told(taken.problem, json)
    if (json) printJson({ event: 'certificate', ...taken.value })
    else {
      printCertificate(taken.value)
      print('It is kept in the keychain.')
    }
    return exitCodes.done
  })
}

/** Imports a list of pairs, or those of a setup.bin. */
export async function importPairs(args: CoreArguments & { readonly file: string }): Promise<ExitCode> {
  const { file, json } = args
  const bytes = await readSource(file, { open, stat })
  if (!bytes.ok) return told(bytes.problem, json)
  return withCore(args, {}, async ({ means }) => {
    const taken = await means.real.importPairs(bytes.value, basename(file))
    if (!taken.ok) return told(taken.problem, json)
    if (json) printJson({ event: 'pairs', count: taken.value })
    else print(`${count(taken.value, 'pair')} of PID and PPS kept in the keychain.`)
    return exitCodes.done
  })
}

/** Makes new pairs; only their PIDs are told. */
export async function generatePairs(args: CoreArguments & { readonly count: number }): Promise<ExitCode> {
  const { json } = args
  return withCore(args, {}, async ({ means }) => {
    const made = await means.real.generatePairs(args.count)
    if (!made.ok) return told(made.problem, json)
    if (json) printJson({ event: 'pairs', pids: made.value.map(({ pid }) => pid) })
    else {
      for (const { pid } of made.value) print(dashed(pid))
      print(
        `${count(made.value.length, 'new pair')} kept in the keychain. "setup psk export" writes them out with their PPS.`
      )
    }
    return exitCodes.done
  })
}

/** A file that was not there, for its owner alone. */
async function writeNew(file: string, content: string | Uint8Array): Promise<Result<null>> {
  try {
    await writeFile(file, content, { mode: 0o600, flag: 'wx' })
    return ok(null)
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : ''
    return fail('file-not-saved', { where: basename(file), detail })
  }
}

/** Writes all pairs in clear into a new file that its owner alone can read, after a yes. */
export async function exportPairs(
  args: CoreArguments & { readonly file: string; readonly yes: boolean; readonly asking: Asking }
): Promise<ExitCode> {
  const { file, json, yes, asking } = args
  return withCore(args, {}, async ({ means, store }) => {
    const pairs = await means.real.pairsWithKeys()
    if (!pairs.ok) return told(pairs.problem, json)
    const question = `${count(pairs.value.length, 'pair')} will stand in the file in clear: whoever has it can set those computers up. Type yes to write it`
    if (!yes && (await asking.ask(question))?.trim().toLowerCase() !== 'yes')
      return told(fail('not-agreed').problem, json)
    const written = await writeNew(file, pairsText(pairs.value))
    if (!written.ok) return told(written.problem, json)
    store.audit.append('pairs printed', { count: pairs.value.length })
    if (json) printJson({ event: 'pairs written', count: pairs.value.length })
    else print(`${count(pairs.value.length, 'pair')} written. Destroy the file when the pairs are in the computers.`)
    return exitCodes.done
  })
}

/** What is to be on a key, as the command line says it; passwords are asked for. */
export interface UsbArguments extends CoreArguments {
  readonly file: string
  /** New pairs; all kept ones where it is absent. */
  readonly computers?: number
  /** No pairs: one record for all computers, which are set up by certificate. */
  readonly certificate: boolean
  readonly suffix: string
  readonly server: string
  readonly format?: UsbVersion
  readonly yes: boolean
  readonly asking: Asking
}

async function wishOf(args: UsbArguments): Promise<Result<UsbWish>> {
  const { asking, certificate, computers, suffix, server } = args
  const current =
    (await asking.ask(`MEBx password of the computers now (empty = ${factoryPassword})`)) || factoryPassword
  const hint = certificate ? '' : ' (empty = another random one for each)'
  const password = (await asking.ask(`New MEBx password${hint}`)) || null
  const wish = usbWishSchema.safeParse({
    version: args.format ?? usualUsbVersion[certificate ? 'certificate' : 'pairs'],
    current,
    content: certificate
      ? { kind: 'certificate', password, suffix, server }
      : { kind: 'pairs', count: computers ?? null, password }
  })
  if (wish.success) return ok(wish.data)
  const what = wish.error.issues.map(({ path }) => path.at(-1)).join(', ')
  return fail('usb-key-impossible', { values: { why: `This cannot be used: ${what}.` } })
}

/** Writes a new setup.bin that its owner alone can read, after a yes; what is on it is in the keychain before. */
export async function makeUsbKey(args: UsbArguments): Promise<ExitCode> {
  const { file, json, yes, asking } = args
  const wish = await wishOf(args)
  if (!wish.ok) return told(wish.problem, json)
  const question = `The file will hold MEBx passwords${args.certificate ? '' : ', PIDs and PPS'} in clear: whoever has it has those computers. Type yes to write it`
  if (!yes && (await asking.ask(question))?.trim().toLowerCase() !== 'yes')
    return told(fail('not-agreed').problem, json)
  return withCore(args, {}, async ({ means, store }) => {
    const made = await means.real.makeUsbKey(wish.value)
    if (!made.ok) return told(made.problem, json)
    const { bytes, computers, leftOut } = made.value
    const { version } = wish.value
    store.audit.append('usb key made', { version, computers })
    const written = await writeNew(file, bytes)
    if (!written.ok) return told(written.problem, json)
    if (json) printJson({ event: 'usb key', version, computers, leftOut })
    else {
      const whom = computers === null ? 'any number of computers' : count(computers, 'computer')
      print(`Written for ${whom}, format ${version}. The same is in the keychain.`)
      if (leftOut > 0)
        print(`${count(leftOut, 'pair')} left out: check letters that do not fit, which MEBx takes from nobody.`)
      for (const line of [usbKeyDoubt, ...usbKeyRules]) print(line)
    }
    return exitCodes.done
  })
}
