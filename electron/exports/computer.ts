// One computer as another manager is told of it, secrets in plain text only while a file is being written.
import { fail, type Result } from '../../shared/problem.ts'

export interface ExportComputer {
  readonly name: string
  readonly fqdn: string
  /** 8-4-4-4-12, lower case. */
  readonly guid: string
  /** 00:11:22:aa:bb:cc, or ''. */
  readonly mac: string
  /** Where it answers, if that is not its FQDN; ''. */
  readonly address: string
  readonly amtVersion: string
  readonly tls: boolean
  /** User name of the administrator. */
  readonly username: string
  readonly adminPassword?: string | undefined
  readonly mebxPassword?: string | undefined
}

/** The Problem of a value that has no safe way into this kind of file; the value itself is only told when it is no secret. */
export const unfit = ({ name }: Pick<ExportComputer, 'name'>, what: string, text?: string): Result<never> =>
  fail('export-value-unfit', {
    where: `${name}, ${what}`,
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what may be in it.
    ...(text !== undefined && { found: text.replace(/[\u0000-\u001f]/g, '?').slice(0, 60) })
  })
