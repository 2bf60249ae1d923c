// The border: every ask has its sender checked and its input read by schema before the desk sees it.
import { randomUUID } from 'node:crypto'
import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import { z } from 'zod'
import { type Ask, type AskOutput, asks, lookingAsks, type Tell, type TellBody, tells } from '../../shared/contract.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Core } from '../core.ts'
import { isDamage } from '../store/database.ts'
import { pageAddress } from './lockdown.ts'

/** One function for each ask of the contract: forget one, or add a stranger, and it does not compile. */
export type Desk = {
  readonly [A in Ask]: (
    input: z.output<(typeof asks)[A]['input']>
  ) => Promise<Result<AskOutput<A>>> | Result<AskOutput<A>>
}

const mayAsk = (event: IpcMainInvokeEvent): boolean =>
  event.senderFrame !== null && event.senderFrame === event.sender.mainFrame && event.senderFrame.url === pageAddress

/**
 * Puts the desk behind the contract's asks; returns the function that takes it away again. Refusals are logged and answered
 * with a Problem, never with silence.
 */
export function serveDesk(desk: Desk, core: Pick<Core, 'log' | 'watching'>): () => void {
  const { log, watching } = core
  const names = Object.keys(asks) as Ask[]
  for (const name of names) {
    ipcMain.handle(`ask:${name}`, (event, input: unknown) => answer(name, event, input))
  }

  async function answer(name: Ask, event: IpcMainInvokeEvent, input: unknown): Promise<Result<unknown>> {
    if (!mayAsk(event)) {
      log.write('ask refused: sender', { name, url: event.senderFrame?.url ?? '' })
      return fail('refused', { where: name })
    }
    if (watching && !lookingAsks.includes(name)) return fail('store-watched')
    const read = asks[name].input.safeParse(input)
    if (!read.success) {
      const detail = z.prettifyError(read.error)
      log.write('ask refused: input', { name, detail })
      return fail('refused', { where: name, detail })
    }
    try {
      const result = await (desk[name] as (input: unknown) => Promise<Result<unknown>>)(read.data)
      // Reading our own answer by schema drops whatever the contract does not name.
      return result.ok ? ok(asks[name].output.parse(result.value)) : result
    } catch (error) {
      const id = randomUUID().slice(0, 8)
      log.write('unexpected', {
        id,
        name,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error)
      })
      // The next start offers to recover it.
      return isDamage(error) ? fail('store-damaged') : fail('unexpected', { where: name, values: { id } })
    }
  }

  return () => {
    for (const name of names) ipcMain.removeHandler(`ask:${name}`)
  }
}

/** Tells a page something of the contract. */
export function tell<T extends Tell>(page: WebContents, name: T, body: TellBody<T>): void {
  if (!page.isDestroyed()) page.send(`tell:${name}`, tells[name].parse(body))
}
