// The time as something to draw: told anew every second while it is needed, which is half as often as numbers may change.
import { useEffect, useState } from 'react'

/** ms since 1970; stands still while `ticking` is false. */
export function useNow(ticking: boolean, every = 1000): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    setNow(Date.now())
    if (!ticking) return
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [ticking, every])
  return now
}
