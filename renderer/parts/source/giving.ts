// Gives a list to the core, hears how far the reading is, and calls it off; one at a time.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { TellBody } from '../../../shared/contract.ts'
import { mostBytes, pieceBytes } from '../../../shared/draft.ts'
import { problem } from '../../../shared/problem.ts'
import { ask, asked, onTell } from '../../bridge.ts'
import { askDraft, useDraft } from '../../draftStore.ts'
import { useNotice } from '../../noticeStore.ts'
import { counted } from '../../words.ts'

export type Progress = Pick<TellBody<'source.progress'>, 'what' | 'done' | 'total'>

export type Head = TellBody<'source.head'>

/** A file or a text that somebody dropped or pasted. */
export interface Given {
  readonly name: string
  readonly blob: Blob
}

const tooBig = ({ name, blob }: Given) =>
  problem('file-too-big', { where: name, found: `${Math.ceil(blob.size / 1048576)} MB`, expected: '100 MB at most' })

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

/** The bytes of a part of the file; null when they cannot be read. */
const part = ({ blob }: Given, from: number, to: number): Promise<Uint8Array<ArrayBuffer> | null> =>
  blob
    .slice(from, to)
    .arrayBuffer()
    .then(
      (buffer) => new Uint8Array(buffer),
      () => null
    )

const unreadable = (name: string) => problem('file-unreadable', { where: name, found: 'a folder, or a file in use' })

/**
 * Gives a file to the core, piece by piece: handing a large one over at once would hold the page's thread up. Answers whether
 * its computers were taken; `calledOff` is asked between pieces.
 */
async function hand(draftId: string, given: Given, replace: boolean, calledOff: () => boolean): Promise<boolean> {
  const { name, blob } = given
  const { show } = useNotice.getState()
  const last = Math.max(0, Math.ceil(blob.size / pieceBytes) - 1) * pieceBytes
  for (let from = 0; ; from += pieceBytes) {
    const bytes = await part(given, from, from + pieceBytes)
    if (bytes === null || calledOff()) {
      show(bytes === null ? unreadable(name) : problem('reading-cancelled', { where: name }))
      return false
    }
    if (from >= last) {
      return askDraft('source.give', { draftId, name, bytes, from, ...(replace && { replace: 'replace' as const }) })
    }
    if ((await asked('source.piece', { draftId, size: blob.size, from, bytes })) === undefined) return false
  }
}

export interface Giving {
  readonly busy: boolean
  /** What the file that is being read begins with; null while that is not known. */
  readonly head: Head | null
  run(asking: () => Promise<boolean>): void
  give(given: Given, replace: boolean): void
  cancel(): void
}

/**
 * How far the reading of a draft's file is; null while nothing has been told yet. For the part that shows it alone: all of the
 * page need not be drawn ten times a second.
 */
export function useProgress(draftId: string): Progress | null {
  const [progress, setProgress] = useState<Progress | null>(null)
  useEffect(
    () =>
      onTell('source.progress', ({ draftId: whose, ...told }) => {
        if (whose === draftId) setProgress(told)
      }),
    [draftId]
  )
  return progress
}

export function useGiving(draftId: string): Giving {
  const [busy, setBusy] = useState(false)
  const [head, setHead] = useState<Head | null>(null)
  /** Somebody called it off while the page itself was still fetching the bytes. */
  const calledOff = useRef(false)

  useEffect(
    () =>
      onTell('source.head', (told) => {
        if (told.draftId === draftId) setHead(told)
      }),
    [draftId]
  )

  const work = useCallback(async (asking: () => Promise<boolean>) => {
    useNotice.getState().dismiss()
    calledOff.current = false
    setBusy(true)
    setHead(null)
    try {
      sayEnd(await asking())
    } finally {
      setBusy(false)
      setHead(null)
    }
  }, [])

  const give = useCallback(
    (given: Given, replace: boolean) => {
      if (given.blob.size > mostBytes) useNotice.getState().show(tooBig(given))
      else void work(() => hand(draftId, given, replace, () => calledOff.current))
    },
    [draftId, work]
  )

  return {
    busy,
    head,
    run: (asking) => void work(asking),
    give,
    cancel() {
      calledOff.current = true
      void ask('source.cancel', { draftId })
    }
  }
}
