// Where the focus goes on Data Preview when something is opened, closed or gone.

const element = <E extends HTMLElement>(selector: string): E | null => document.querySelector<E>(selector)

export const focusGrid = (): void => element('[role="grid"]')?.focus({ preventScroll: true })
/** The first repair, or what else the panel offers; false when there is nothing to press. */
export function focusRepairs(): boolean {
  const button = element('[data-repair-now]') ?? element('[data-repairs] button')
  button?.focus()
  return button !== null
}

/** The text to look for is what is wanted next. */
export function selectFind(): void {
  const input = element<HTMLInputElement>('input[data-find]')
  input?.focus()
  input?.select()
}
