// Gives a list to the core, hears how far the reading is, and calls it off; one at a time.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { TellBody } from '../../../shared/contract.ts'
import { problem } from '../../../shared/problem.ts'
import { ask, onTell } from '../../bridge.ts'
import { askDraft, useDraft } from '../../draftStore.ts'
import { useNotice } from '../../noticeStore.ts'
import { counted } from '../../words.ts'

export type Progress = Pick<TellBody<'source.progress'>, 'what' | 'done' | 'total'>

/** A file or a text that somebody dropped or pasted. */
export interface Given {
  readonly name: string
  readonly size: number
  bytes(): Promise<Uint8Array<ArrayBuffer>>
}

/** More than the core reads; not even fetched from the disk. */
const mostBytes = 100 * 1024 * 1024

const tooBig = ({ name, size }: Given) =>
  problem('file-too-big', { where: name, found: `${Math.ceil(size / 1048576)} MB`, expected: '100 MB at most' })

/** What the screen reader hears when a reading has ended. */
function sayEnd(read: boolean): void {
  const { problem: shown, say, dismiss } = useNotice.getState()
  // Somebody called it off: that is no problem to be told of.
  if (shown?.code === 'reading-cancelled') {
    dismiss()
    say('Reading was cancelled. Nothing has changed.')
    return
  }
  const source = useDraft.getState().draft?.source
  if (read && source?.kind === 'file') say(`${counted(source.lines, 'line')} read. ${source.recognised.words}.`)
}

export interface Giving {
  readonly busy: boolean
  /** null while nothing has been told yet. */
  readonly progress: Progress | null
  run(asking: () => Promise<boolean>): void
  give(given: Given, replace: boolean): void
  cancel(): void
}

export function useGiving(draftId: string): Giving {
  const [busy, setBusy] = useState(false)
  const [progress, setProgress] = useState<Progress | null>(null)
  /** Somebody called it off while the page itself was still fetching the bytes. */
  const calledOff = useRef(false)

  useEffect(
    () =>
      onTell('source.progress', ({ draftId: whose, ...told }) => {
        if (whose === draftId) setProgress(told)
      }),
    [draftId]
  )

  const work = useCallback(async (asking: () => Promise<boolean>) => {
    useNotice.getState().dismiss()
    calledOff.current = false
    setBusy(true)
    setProgress(null)
    try {
      sayEnd(await asking())
    } finally {
      setBusy(false)
      setProgress(null)
    }
  }, [])

  const give = useCallback(
    (given: Given, replace: boolean) => {
      if (given.size > mostBytes) return useNotice.getState().show(tooBig(given))
      const asking = async (): Promise<boolean> => {
        const bytes = await given.bytes().catch(() => null)
        if (bytes === null) {
          useNotice
            .getState()
            .show(problem('file-unreadable', { where: given.name, found: 'a folder, or a file in use' }))
          return false
        }
        const { name } = given
        if (calledOff.current) {
          useNotice.getState().show(problem('reading-cancelled', { where: name }))
          return false
        }
        return askDraft('source.give', { draftId, name, bytes, ...(replace && { replace: 'replace' as const }) })
      }
      void work(asking)
    },
    [draftId, work]
  )

  return {
    busy,
    progress,
    run: (asking) => void work(asking),
    give,
    cancel() {
      calledOff.current = true
      void ask('source.cancel', { draftId })
    }
  }
}
