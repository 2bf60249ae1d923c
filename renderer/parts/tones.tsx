// The four tones (done, working, waiting or asleep, needs you) with their icons; colour is never alone.
import { makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components'
import {
  ArrowSyncRegular,
  CheckmarkCircleFilled,
  CircleRegular,
  ErrorCircleFilled,
  type FluentIcon,
  InfoRegular,
  PersonAlertRegular,
  RecordStopRegular,
  SubtractCircleRegular,
  WarningFilled,
  WeatherMoonRegular
} from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { JobState } from '../../shared/job.ts'

/** `quiet` is the absence of a tone. */
export type Tone = 'done' | 'working' | 'asleep' | 'person' | 'quiet'

export const useTones = makeStyles({
  done: { color: tokens.colorStatusSuccessForeground1 },
  working: { color: tokens.colorBrandForeground1 },
  asleep: { color: tokens.colorStatusWarningForeground3 },
  person: { color: tokens.colorStatusDangerForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 }
})

const useBadges = makeStyles({
  badge: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    padding: '2px 10px',
    minHeight: '24px',
    boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
    '& svg': { fontSize: tokens.fontSizeBase400, flexShrink: 0 }
  },
  done: {
    backgroundColor: tokens.colorStatusSuccessBackground1,
    ...shorthands.borderColor(tokens.colorStatusSuccessBorder1),
    color: tokens.colorStatusSuccessForeground1
  },
  working: {
    backgroundColor: tokens.colorBrandBackground2,
    ...shorthands.borderColor(tokens.colorBrandStroke2),
    color: tokens.colorBrandForeground2
  },
  asleep: {
    backgroundColor: tokens.colorStatusWarningBackground1,
    ...shorthands.borderColor(tokens.colorStatusWarningBorder1),
    color: tokens.colorStatusWarningForeground2
  },
  person: {
    backgroundColor: tokens.colorStatusDangerBackground1,
    ...shorthands.borderColor(tokens.colorStatusDangerBorder1),
    color: tokens.colorStatusDangerForeground1
  },
  quiet: {},
  press: {
    fontFamily: 'inherit',
    cursor: 'pointer',
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' }
  },
  pressed: {
    boxShadow: '0 0 0 2px currentColor',
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '1px' }
  }
})

/** A pill that is pressed, and pressed again to let go. */
export function BadgeToggle(props: {
  readonly tone: Tone
  readonly pressed: boolean
  readonly title: string
  readonly onPress: () => void
  readonly children: ReactNode
}) {
  const styles = useBadges()
  const { tone, pressed, title } = props
  return (
    <button
      type="button"
      className={mergeClasses(styles.badge, styles[tone], styles.press, pressed && styles.pressed)}
      aria-pressed={pressed}
      title={title}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  )
}

/** A pill of one tone. */
export function Badge(props: {
  readonly tone: Tone
  readonly icon?: ReactNode
  readonly title?: string
  readonly children: ReactNode
}) {
  const styles = useBadges()
  return (
    <span className={mergeClasses(styles.badge, styles[props.tone])} title={props.title}>
      {props.icon}
      {props.children}
    </span>
  )
}

interface Looks {
  readonly icon: FluentIcon
  readonly tone: Tone
  readonly word: string
}

/** How each state of a job looks and reads. */
export const jobLooks: Readonly<Record<JobState, Looks>> = {
  person: { icon: PersonAlertRegular, tone: 'person', word: 'Needs you' },
  working: { icon: ArrowSyncRegular, tone: 'working', word: 'Working' },
  later: { icon: WeatherMoonRegular, tone: 'asleep', word: 'Tries later' },
  waiting: { icon: CircleRegular, tone: 'quiet', word: 'Waiting' },
  stopped: { icon: RecordStopRegular, tone: 'quiet', word: 'Stopped' },
  done: { icon: CheckmarkCircleFilled, tone: 'done', word: 'Done' }
}

/** How each condition of a row looks and reads. */
export const rowLooks = {
  blocker: { icon: ErrorCircleFilled, tone: 'person', word: 'Must be repaired' },
  warning: { icon: WarningFilled, tone: 'asleep', word: 'Warning' },
  note: { icon: InfoRegular, tone: 'quiet', word: 'Note' },
  ready: { icon: CheckmarkCircleFilled, tone: 'done', word: 'Ready' },
  leftOut: { icon: SubtractCircleRegular, tone: 'quiet', word: 'Left out' }
} as const satisfies Record<string, Looks>
