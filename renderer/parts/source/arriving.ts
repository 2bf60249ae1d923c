// Files dropped, and text or files pasted, anywhere on the window.
import { useEffect, useState } from 'react'
import type { Given } from './giving.ts'

const ofFile = (file: File): Given => ({ name: file.name, blob: file })
const ofText = (text: string): Given => ({ name: 'pasted.csv', blob: new Blob([text]) })

/** Text that is pasted into a field belongs to the field. */
const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')

/** Calls `take` with what arrives; true while a file hovers. */
export function useArriving(take: (given: Given) => void): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') === true) setOver(true)
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent): void => {
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (file !== undefined) take(ofFile(file))
    }
    const paste = (event: ClipboardEvent): void => {
      if (inField(event.target)) return
      const file = event.clipboardData?.files[0]
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (file !== undefined) take(ofFile(file))
      else if (text.trim() !== '') take(ofText(text))
    }
    window.addEventListener('dragover', drag)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    window.addEventListener('paste', paste)
    return () => {
      window.removeEventListener('dragover', drag)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
      window.removeEventListener('paste', paste)
    }
  }, [take])
  return over
}
