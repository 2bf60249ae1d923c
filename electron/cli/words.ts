// How the command line speaks: lines to stdout, problems in full to stderr, JSON lines when asked for.
import type { Problem } from '../../shared/problem.ts'
import { tame } from '../../shared/tame.ts'

export const print = (line: string): void => void process.stdout.write(`${line}\n`)
export const printJson = (value: unknown): void => print(JSON.stringify(value))

/** Control characters in a device's or a file's text must not move the cursor or break the line. */
export const plain = (text: string): string => tame(text).replace(/[\t\r\n\ufffd]+/g, ' ')

/** Title, place, found and expected, remedy, and the raw detail last: each on a line of its own. */
export function problemLines(problem: Problem, indent = ''): string[] {
  const { title, where, meaning, found, expected, remedy, detail } = problem
  return [
    where === undefined ? title : `${title} (${where})`,
    meaning,
    ...(found === undefined ? [] : [`Found: ${found}`]),
    ...(expected === undefined ? [] : [`Expected: ${expected}`]),
    `What to do: ${remedy}`,
    ...(detail === undefined ? [] : [`Detail: ${detail}`])
  ].map((line) => indent + plain(line))
}

/** Says a Problem on stderr, or as a JSON line on stdout. */
export function printProblem(problem: Problem, json: boolean): void {
  if (json) printJson({ event: 'problem', problem })
  else process.stderr.write(`${problemLines(problem).join('\n')}\n`)
}

/** 0.4 s, 12 s, 3 min 20 s */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** "1 computer", "7 computers" */
export const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`
