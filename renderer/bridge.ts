// The page's only door to the core: window.wizard, typed, with problems shown in one place.
import type { Answer, Ask, AskInput, AskOutput, Bridge, Tell, TellBody } from '../shared/contract.ts'
import { useNotice } from './noticeStore.ts'

declare global {
  interface Window {
    readonly wizard: Bridge
  }
}

/** Asks the core; the answer is a value or a Problem. */
export const ask = <A extends Ask>(name: A, input: AskInput<A>): Promise<Answer<A>> => window.wizard.ask(name, input)

/** Asks the core and shows a Problem in the problem strip; undefined when there was one. */
export async function asked<A extends Ask>(name: A, input: AskInput<A>): Promise<AskOutput<A> | undefined> {
  const answer = await ask(name, input)
  if (answer.ok) return answer.value
  useNotice.getState().show(answer.problem)
  return undefined
}

/** Listens to a tell; returns the function that ends the listening. */
export const onTell = <T extends Tell>(name: T, hear: (body: TellBody<T>) => void): (() => void) =>
  window.wizard.onTell(name, hear)
