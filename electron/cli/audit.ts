// `amt-migrate audit verify | export | archive`: whether the chain holds, and its entries as signed files.
import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { systemClock } from '../clock.ts'
import { verifyAudit } from '../evidence/auditing.ts'
import { fingerprintWords } from '../signature.ts'
import { openStore } from '../store/store.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { type CoreArguments, told, withCore } from './opened.ts'
import { print, printJson, printProblem } from './words.ts'

/** Writes a file that is not there yet: evidence is never written over. Problem: file-not-saved. */
async function writeNew(file: string, content: string): Promise<Result<{ readonly file: string }>> {
  try {
    await writeFile(file, content, { flag: 'wx', mode: 0o600 })
    return ok({ file: basename(file) })
  } catch (error) {
    return fail('file-not-saved', { where: file, detail: error instanceof Error ? error.message : String(error) })
  }
}

async function textsOf(files: readonly string[]): Promise<Result<{ name: string; text: string }[]>> {
  const list: { name: string; text: string }[] = []
  for (const name of files) {
    const text = await readFile(name, 'utf8').catch(() => undefined)
    if (text === undefined) return fail('file-gone', { where: name })
    list.push({ name, text })
  }
  return ok(list)
}

function judge(folder: string, files: readonly { readonly name: string; readonly text: string }[]) {
  const opened = openStore({ folder, actor: 'verify', now: () => systemClock.now(), readOnly: true })
  if (!opened.ok) return opened
  const store = opened.value
  const key = store.installation.key()
  const chain = verifyAudit(store, files)
  store.close()
  return chain.ok ? ok({ chain: chain.value, words: key ? fingerprintWords(key.publicKey) : null }) : chain
}

/** The store's chain, joined to archives; a file of an export is verified by itself. */
export async function verify(folder: string, files: readonly string[], json: boolean): Promise<0 | 1> {
  const texts = await textsOf(files)
  const judged = texts.ok ? judge(folder, texts.value) : texts
  if (!judged.ok) {
    printProblem(judged.problem, json)
    return 1
  }
  const { chain, words } = judged.value
  if (json) printJson({ ...chain, key: words })
  else {
    print(`${chain.holds ? 'The chain holds.' : 'The chain is broken.'} ${chain.why}\nLast entry: ${chain.head}`)
    if (words !== null) print(`Signed up to entry ${chain.signedTo ?? 0}. Key: ${words}`)
  }
  return chain.holds ? 0 : 1
}

export const exportAudit = (
  args: CoreArguments & { readonly out: string; readonly verifier: string | undefined }
): Promise<ExitCode> =>
  withCore(args, {}, async ({ auditing }) => {
    const file = await auditing.export()
    const saved = file.ok ? await writeNew(args.out, file.value.text) : file
    if (!saved.ok) return told(saved.problem, args.json)
    auditing.exported()
    const beside = args.verifier && join(dirname(resolve(args.out)), basename(args.verifier))
    // Read and written, because a packaged program has it inside its archive.
    if (args.verifier && beside) await writeFile(beside, await readFile(args.verifier))
    if (args.json) printJson({ event: 'saved', file: args.out, ...(beside && { verifier: beside }) })
    else print(`Saved as ${args.out}.${beside ? ` To verify it: node ${beside} ${args.out}` : ''}`)
    return exitCodes.done
  })

export const archiveAudit = (
  args: CoreArguments & { readonly before: string; readonly out: string }
): Promise<ExitCode> =>
  withCore(args, {}, async ({ auditing }) => {
    const before = /^\d{4}-\d{2}-\d{2}$/.test(args.before) ? Date.parse(`${args.before}T00:00:00`) : Number.NaN
    if (Number.isNaN(before)) {
      process.stderr.write('--before takes a day as 2026-01-31.\n')
      return exitCodes.wrongUse
    }
    const done = await auditing.archive(before, ({ text }) => writeNew(args.out, text))
    if (!done.ok) return told(done.problem, args.json)
    const entries = done.value?.entries ?? 0
    if (args.json) printJson({ event: 'archived', file: args.out, entries })
    else print(`${entries} entries are in ${args.out} now, and no longer in the audit log. Keep that file.`)
    return exitCodes.done
  })
