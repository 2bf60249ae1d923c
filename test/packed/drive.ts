// Drives the page of a packed program through its debugging port: a few lines of the DevTools protocol.
// Playwright's own way in needs the inspector, which the fuses of a package forbid.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export interface Driven {
  /** Evaluates an expression in the page, awaiting promises; throws what it throws. */
  evaluate<T>(expression: string): Promise<T>
  /** Waits until an expression is true. */
  until(expression: string, limitMs?: number): Promise<void>
  /** Presses the button with this text or label. */
  press(name: RegExp): Promise<void>
  /** Waits for a page of the wizard. */
  shows(page: string): Promise<void>
  close(): void
}

/** The debugging port, once the program has written it into its profile. */
async function portOf(data: string): Promise<string> {
  const file = join(data, 'window', 'DevToolsActivePort')
  for (let waited = 0; waited < 300; waited++) {
    if (existsSync(file)) return readFileSync(file, 'utf8').split('\n')[0] ?? ''
    await pause(100)
  }
  throw new Error('the program opened no debugging port within 30 s')
}

async function pageOf(port: string): Promise<string> {
  for (let waited = 0; waited < 100; waited++) {
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
      type: string
      url: string
      webSocketDebuggerUrl: string
    }[]
    const page = targets.find(({ type, url }) => type === 'page' && url.startsWith('app://'))
    if (page) return page.webSocketDebuggerUrl
    await pause(100)
  }
  throw new Error('the program showed no page within 10 s')
}

/** Connects to the page of the program that works in the data folder. */
export async function drive(data: string): Promise<Driven> {
  const socket = new WebSocket(await pageOf(await portOf(data)))
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error('the debugging port refused'))
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  socket.onmessage = ({ data: text }) => {
    const answer = JSON.parse(String(text)) as Answer & { id?: number }
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  }
  let last = 0
  async function evaluate<T>(expression: string): Promise<T> {
    const id = ++last
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve))
    const params = { expression, awaitPromise: true, returnByValue: true }
    socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }))
    const { result } = await answered
    waiting.delete(id)
    if (result?.exceptionDetails) throw new Error(`the page threw: ${JSON.stringify(result.exceptionDetails)}`)
    return result?.result?.value as T
  }
  async function until(expression: string, limitMs = 15_000): Promise<void> {
    for (const end = Date.now() + limitMs; Date.now() < end; await pause(100)) {
      if (await evaluate<boolean>(`Boolean(${expression})`)) return
    }
    throw new Error(`it did not become true: ${expression}`)
  }
  return {
    evaluate,
    until,
    async press(name) {
      const found = `[...document.querySelectorAll('button, [role=menuitem]')].find((one) =>
        ${name}.test(one.getAttribute('aria-label') ?? one.textContent.trim()) && !one.disabled)`
      await until(found)
      await evaluate(`${found}.click()`)
    },
    shows: (page) => until(`document.querySelector('main[data-page="${page}"]')`),
    close: () => socket.close()
  }
}

interface Answer {
  readonly result?: { readonly result?: { readonly value?: unknown }; readonly exceptionDetails?: unknown }
}
