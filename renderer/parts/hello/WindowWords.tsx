// How long a computer goes on calling, as a sentence that keeps itself up to date.
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { WarningFilled } from '@fluentui/react-icons'
import { type Heard, type Hours, helloWindowWords, windowOf } from '../../../shared/helloWindow.ts'
import type { HelloKind } from '../../../shared/schedule/settings.ts'
import { zoneOffset } from '../../words.ts'
import { useTones } from '../tones.tsx'

const useStyles = makeStyles({
  line: { display: 'inline-flex', gap: '6px', alignItems: 'flex-start' },
  icon: { flexShrink: 0, marginTop: '2px' }
})

export function WindowWords(props: {
  readonly heard: Heard
  readonly now: number
  /** What the import was planned with; null = nobody has said which window it is. */
  readonly kind?: HelloKind | null
  readonly hours?: Hours | undefined
}) {
  const { heard, now, kind = null, hours } = props
  const styles = useStyles()
  const tones = useTones()
  const window = windowOf(heard, now, kind, hours)
  const alarming = window.state !== 'open' || window.quiet
  return (
    <span className={styles.line} data-window={window.state}>
      {alarming && <WarningFilled className={mergeClasses(styles.icon, tones.asleep)} aria-hidden />}
      <span>{helloWindowWords(window, now, zoneOffset)}</span>
    </span>
  )
}
