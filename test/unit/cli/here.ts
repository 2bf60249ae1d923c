// A command run in this process: quicker than a program of its own, and the same from its arguments on.
import { runCommandLine } from '../../../electron/commandLine.ts'

export interface Told {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** What a command writes, and its exit code. One after the other: what is written meanwhile counts as its own. */
export async function here(...args: readonly string[]): Promise<Told> {
  const told = { out: '', err: '' }
  const { stdout, stderr } = process
  const before = [stdout.write, stderr.write] as const
  stdout.write = (text: unknown) => {
    told.out += String(text)
    return true
  }
  stderr.write = (text: unknown) => {
    told.err += String(text)
    return true
  }
  try {
    const code = await runCommandLine(args)
    return { code, ...told }
  } finally {
    ;[stdout.write, stderr.write] = before
  }
}
