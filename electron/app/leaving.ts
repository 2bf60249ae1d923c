// The ways out of the program: quietly when the window closes, before an installer, and anew when that one refused.
import { app, dialog } from 'electron'
import type { Problem } from '../../shared/problem.ts'

/** A core behind the page, and how to end both. */
export interface InUse {
  end(): Promise<void>
}

/** An update that the system refused: said, and the version of before goes on. */
export function startAnew({ title, meaning, remedy }: Problem): void {
  dialog.showErrorBox(title, `${meaning}\n\n${remedy}`)
  app.relaunch()
  app.exit(1)
}

export interface Leaving {
  inUse: InUse | undefined
  readonly left: boolean
  /** Closes what is in use, so that another program may have it; this one ends soon. */
  end(): Promise<void>
}

/** Closing the window lets the steps in work come to their end; a kill is survived as well, this is only politer. */
export function leaveQuietly(): Leaving {
  const state = {
    inUse: undefined as InUse | undefined,
    left: false,
    async end() {
      state.left = true
      await state.inUse?.end()
      app.releaseSingleInstanceLock()
    }
  }
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (state.left) return
    state.left = true
    event.preventDefault()
    void (state.inUse?.end() ?? Promise.resolve()).finally(() => app.exit(0))
  })
  return state
}
