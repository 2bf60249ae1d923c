// Secrets are asked for without echo on a terminal, and taken line by line from anything else.
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { openAsking } from '../../../electron/cli/ask.ts'

/** A terminal as the program sees it: keys come in raw, and what is written is kept. */
function terminal() {
  const modes: boolean[] = []
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => {
      modes.push(raw)
      return input as never
    }
  })
  let shown = ''
  const output = {
    write: (text: string) => {
      shown += text
      return true
    }
  }
  return { asking: openAsking(input, output as never), input, modes, shown: () => shown }
}

describe('on a terminal', () => {
  it('shows nothing of what is typed, and lets one correct it', async () => {
    const { asking, input, modes, shown } = terminal()
    const answer = asking.ask('Password')
    input.write('Gehx\u007f')
    input.write('eim😀!\r')
    expect(await answer).toBe('Geheim😀!')
    expect([shown(), modes]).toEqual(['Password: \n', [true, false]])
    const second = asking.ask('Again')
    input.write('zwei\n')
    expect(await second).toBe('zwei')
    asking.close()
  })

  it.each(['\u0003', '\u0004'])('gives up at %j', async (key) => {
    const { asking, input, modes } = terminal()
    const answer = asking.ask('Password')
    input.write(`Geh${key}`)
    expect([await answer, modes]).toEqual([undefined, [true, false]])
  })
})

it('elsewhere takes one line for each question', async () => {
  const input = new PassThrough()
  const asking = openAsking(input, { write: () => true } as never)
  input.end('first\r\n\n third \n')
  expect([await asking.ask('a'), await asking.ask('b'), await asking.ask('c'), await asking.ask('d')]).toEqual([
    'first',
    '',
    ' third ',
    undefined
  ])
})
