// Asks for secrets: on the terminal without echo, else line by line from standard input. Never from argv or env.
import { createInterface } from 'node:readline'
import type { ReadStream } from 'node:tty'

export interface Asking {
  /** The next answer; undefined when there is none. */
  readonly ask: (what: string) => Promise<string | undefined>
  readonly close: () => void
}

type Input = NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY' | 'setRawMode'>>
type Output = Pick<NodeJS.WritableStream, 'write'>

/** Asks on `output` where `input` is a terminal; else takes the lines of `input` one by one. */
export const openAsking = (input: Input, output: Output): Asking =>
  input.isTTY && input.setRawMode ? askTerminal(input, output, input.setRawMode.bind(input)) : askLines(input)

function askLines(input: Input): Asking {
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  const lines = reader[Symbol.asyncIterator]()
  return {
    ask: async () => {
      const next = await lines.next()
      return next.done ? undefined : next.value
    },
    close: () => reader.close()
  }
}

// End of text, end of transmission, delete and backspace as a raw terminal sends them.
const stops = new Set(['\u0003', '\u0004'])
const erases = new Set(['\u007f', '\b'])

function askTerminal(input: Input, output: Output, setRawMode: (raw: boolean) => unknown): Asking {
  const ask = (what: string) =>
    new Promise<string | undefined>((resolve) => {
      let typed: string[] = []
      const end = (answer: string | undefined) => {
        input.off('data', read)
        setRawMode(false)
        input.pause()
        output.write('\n')
        resolve(answer)
      }
      const read = (data: Buffer | string) => {
        for (const key of data.toString()) {
          if (key === '\r' || key === '\n') return end(typed.join(''))
          if (stops.has(key)) return end(undefined)
          typed = erases.has(key) ? typed.slice(0, -1) : [...typed, key]
        }
      }
      output.write(`${what}: `)
      setRawMode(true)
      input.on('data', read)
      input.resume()
    })
  return { ask, close: () => input.pause() }
}
