// `amt-migrate export IMPORT --to …`: a list or a script for another manager, or the result that its script wrote.
import { open, stat, writeFile } from 'node:fs/promises'
import { type ExportChoice, targetWords } from '../../shared/exporting.ts'
import { fail } from '../../shared/problem.ts'
import { readSource } from '../intake/source.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { importOf } from './named.ts'
import { type CoreArguments, told, withCore } from './opened.ts'
import { count, plain, print, printJson } from './words.ts'

export interface ExportArguments extends CoreArguments {
  readonly name: string | undefined
  readonly choice: Omit<ExportChoice, 'collection'> & { readonly collection: string | undefined }
  readonly out: string
}

/** Writes the file; with passwords it is readable for its owner alone. */
export const exportImport = ({ name, choice, out, ...args }: ExportArguments): Promise<ExitCode> =>
  withCore(args, {}, async (core) => {
    const found = importOf(core, name)
    if (!found.ok) return told(found.problem, args.json)
    const { id, collection } = found.value
    const whole = { ...choice, collection: choice.collection ?? collection }
    const file = await core.exporting.file(id, whole)
    if (!file.ok) return told(file.problem, args.json)
    try {
      await writeFile(out, file.value.bytes, { mode: 0o600 })
    } catch (error) {
      return told(
        fail('file-not-saved', { detail: error instanceof Error ? error.message : String(error) }).problem,
        args.json
      )
    }
    const { computers } = file.value
    core.exporting.saved(id, whole, computers)
    const { title, believed, passwords } = targetWords[choice.to]
    const secrets = choice.passwords && passwords
    if (args.json) printJson({ event: 'exported', to: choice.to, computers, passwords: secrets, file: out })
    else {
      print(`${title}: ${count(computers, 'computer')}, saved as ${out}.`)
      print(believed)
      if (secrets) print('It holds passwords. Delete it as soon as the other manager has read it.')
    }
    return exitCodes.done
  })

/** Reads the result file of a script back; 0 only if no computer failed. */
export const readResult = ({
  name,
  file,
  ...args
}: CoreArguments & { readonly name: string | undefined; readonly file: string }): Promise<ExitCode> =>
  withCore(args, {}, async (core) => {
    const found = importOf(core, name)
    if (!found.ok) return told(found.problem, args.json)
    const bytes = await readSource(file, { open, stat })
    const read = bytes.ok ? core.exporting.takeResult(found.value.id, bytes.value) : bytes
    if (!read.ok) return told(read.problem, args.json)
    const { results } = read.value
    if (args.json) printJson({ results })
    else
      for (const { name: computer, outcome, detail } of results)
        print(plain(`${computer.padEnd(16)}${outcome.padEnd(9)}${detail}`))
    return results.some(({ outcome }) => outcome === 'failed') ? exitCodes.person : exitCodes.done
  })
