// The rows of the view that is shown; while another view is being read, the one before stays in sight.
import { useEffect, useMemo, useReducer, useRef } from 'react'
import type { View } from '../../../shared/grid.ts'
import { ask } from '../../bridge.ts'
import { useNotice } from '../../noticeStore.ts'
import { type RowPages, rowPages } from './rowPages.ts'

export function useRows(draftId: string, view: View): RowPages {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const before = useRef<RowPages | undefined>(undefined)
  const pages = useMemo(
    () =>
      rowPages(
        view,
        (from, count) => ask('rows.read', { draftId, view, from, count }),
        redraw,
        (answer) => !answer.ok && useNotice.getState().show(answer.problem)
      ),
    [draftId, view]
  )
  useEffect(() => () => pages.close(), [pages])
  if (pages.known) before.current = pages
  return pages.known ? pages : (before.current ?? pages)
}
