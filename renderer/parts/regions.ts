// F6 and Shift+F6 walk through the window's regions; a new page puts the focus on its title.
import { useEffect } from 'react'

const focusable = 'a[href], button:not([disabled]), input:not([disabled]), select, [tabindex="0"]'

function step(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')]
  if (regions.length === 0) return
  const now = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[(Math.max(now, by === 1 ? -1 : 0) + by + regions.length) % regions.length]
  const target =
    next?.querySelector<HTMLElement>('[aria-current="step"]') ?? next?.querySelector<HTMLElement>(focusable)
  ;(target ?? next)?.focus()
}

/** Where the focus goes when a page is opened, and when what had it goes away. */
export const focusTitle = (): void => document.getElementById('page-title')?.focus({ preventScroll: true })

/** Listens for F6, and moves the focus to the title whenever `page` changes. */
export function useRegions(page: string): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'F6') return
      event.preventDefault()
      step(event.shiftKey ? -1 : 1)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  useEffect(() => {
    focusTitle()
    document.querySelector(`[data-page="${page}"]`)?.scrollTo({ top: 0 })
  }, [page])
}
