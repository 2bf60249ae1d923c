// `amt-migrate support FILE`: the support bundle, written only when no known password is in it.
import { writeFile } from 'node:fs/promises'
import { fail } from '../../shared/problem.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { type CoreArguments, told, withCore } from './opened.ts'
import { print, printJson } from './words.ts'

export const saveSupport = (args: CoreArguments & { readonly file: string }): Promise<ExitCode> =>
  withCore(args, {}, async (core) => {
    const bundle = await core.supportBundle()
    if (!bundle.ok) return told(bundle.problem, args.json)
    try {
      await writeFile(args.file, bundle.value.bytes, { mode: 0o600 })
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      return told(fail('file-not-saved', { detail }).problem, args.json)
    }
    core.store.audit.append('support bundle saved', {})
    if (args.json) printJson({ event: 'saved', file: args.file })
    else print(`Saved as ${args.file}. No password that the keychain holds is in it.`)
    return exitCodes.done
  })
