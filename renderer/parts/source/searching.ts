// A search of the network as the page follows it: begun, read again whenever the core says that it went on, and ended.
import { useCallback, useEffect, useRef, useState } from 'react'
import { noSearch, type Search } from '../../../shared/found.ts'
import { asked, onTell } from '../../bridge.ts'
import { useNotice } from '../../noticeStore.ts'
import { counted } from '../../words.ts'

export interface Searching {
  readonly search: Search
  start(ranges: string, outside: boolean, rate: number): Promise<void>
  stop(): Promise<void>
}

const takeable = ({ found }: Search): number => found.filter((one) => one.takeable).length

/** What the screen reader hears when it is over. */
function sayEnd(before: Search, now: Search): void {
  if (before.state !== 'running' || now.state === 'running') return
  const words = now.state === 'stopped' ? 'The search was stopped' : 'The search is over'
  useNotice.getState().say(`${words}. ${counted(takeable(now), 'computer')} found.`)
}

export function useSearching(draftId: string): Searching {
  const [search, setSearch] = useState<Search>(noSearch)
  const before = useRef<Search>(noSearch)
  const take = useCallback((now: Search | undefined) => {
    if (now === undefined) return
    sayEnd(before.current, now)
    before.current = now
    setSearch(now)
  }, [])
  useEffect(() => {
    const read = (): void => void asked('search.read', { draftId }).then(take)
    read()
    return onTell('search.changed', (body) => {
      if (body.draftId === draftId) read()
    })
  }, [draftId, take])
  return {
    search,
    start: async (ranges, outside, rate) => take(await asked('search.start', { draftId, ranges, outside, rate })),
    stop: async () => take(await asked('search.stop', { draftId }))
  }
}
