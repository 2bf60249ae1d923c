// `amt-migrate secret export | open`: a sheet of passwords leaves encrypted, and is shown on a terminal and nowhere else.
import { readFile, writeFile } from 'node:fs/promises'
import { fail, type Result } from '../../shared/problem.ts'
import { openSheet, type Sheet } from '../evidence/sheet.ts'
import type { Asking } from './ask.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { importOf } from './named.ts'
import { type CoreArguments, told, withCore } from './opened.ts'
import { count, plain, print, printJson } from './words.ts'

/** What must be typed before passwords leave the keychain. */
const exportWord = 'export'
const showWord = 'show'

export const exportSecrets = (
  args: CoreArguments & { readonly name: string | undefined; readonly out: string; readonly asking: Asking }
): Promise<ExitCode> =>
  withCore(args, {}, async (core) => {
    const found = importOf(core, args.name)
    if (!found.ok) return told(found.problem, args.json)
    const { id, source, totals } = found.value
    process.stderr.write(
      `Passwords of ${count(totals.all, 'computer')} from ${plain(source)} leave the keychain. Whoever has the file and the passphrase has the computers.\n`
    )
    const word = await args.asking.ask(`Type ${exportWord} to go on`)
    if (word?.trim() !== exportWord) return told(fail('not-agreed').problem, args.json)
    const passphrase = (await args.asking.ask('Passphrase, at least 12 characters')) ?? ''
    const again = process.stdin.isTTY ? await args.asking.ask('The same passphrase again') : passphrase
    if (again !== passphrase) return told(fail('sheet-locked').problem, args.json)
    const sheet = await core.secretSheet(id, passphrase)
    if (!sheet.ok) return told(sheet.problem, args.json)
    // On record before it is on disk: a sheet that nobody knows of must not be.
    core.store.audit.append(
      'secrets exported',
      { count: sheet.value.count, reason: 'from the command line' },
      { importId: id }
    )
    try {
      await writeFile(args.out, sheet.value.text, { flag: 'wx', mode: 0o600 })
    } catch (error) {
      return told(
        fail('file-not-saved', { detail: error instanceof Error ? error.message : String(error) }).problem,
        args.json
      )
    }
    if (args.json) printJson({ event: 'saved', file: args.out, passwords: sheet.value.count })
    else
      print(`${count(sheet.value.count, 'password')} in ${args.out}. To open it: amt-migrate secret open ${args.out}`)
    return exitCodes.done
  })

/** The sheet as lines; control characters of a password are shown as JSON would. */
export function sheetLines({ source, writtenAt, rows }: Sheet): string[] {
  return [
    `${plain(source)}, written ${new Date(writtenAt).toISOString()}`,
    ...rows.map(({ computer, fqdn, opens, username, password, proved }) => {
      const shown = plain(password) === password ? password : JSON.stringify(password)
      return `${plain(`${computer}  ${fqdn}  ${opens}  ${username}`)}  ${shown}${proved ? '' : '  (sent, not proved by a login)'}`
    })
  ]
}

/** `terminal`: whether what is printed is seen by a person and by nobody else. */
export async function showSecrets(args: {
  readonly file: string
  readonly asking: Asking
  readonly terminal: boolean
}): Promise<ExitCode> {
  if (!args.terminal) return told(fail('not-a-terminal').problem, false)
  const text = await readFile(args.file, 'utf8').catch(() => undefined)
  const sheet = text === undefined ? fail('file-gone', { where: args.file }) : await opened(text, args.asking)
  if (!sheet.ok) return told(sheet.problem, false)
  const word = await args.asking.ask(
    `${count(sheet.value.rows.length, 'password')} will be shown in clear. Type ${showWord}`
  )
  if (word?.trim() !== showWord) return told(fail('not-agreed').problem, false)
  for (const line of sheetLines(sheet.value)) print(line)
  return exitCodes.done
}

const opened = async (text: string, asking: Asking): Promise<Result<Sheet>> =>
  openSheet(text, (await asking.ask('Passphrase')) ?? '')
