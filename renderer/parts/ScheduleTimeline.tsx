// The plan as a picture: change windows as lit stretches, a lane for each batch with export, work, slow end and margin, and its limit.
import { makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useId, useRef, useState } from 'react'
import type { Batch } from '../../shared/schedule/batch.ts'
import type { Plan } from '../../shared/schedule/plan.ts'
import { limitTitles } from '../../shared/schedule/words.ts'
import { counted, number } from '../words.ts'
import { rangeOf, ticksOf } from './timelineScale.ts'

const useStyles = makeStyles({
  // Shapes are not forced into the system's colours as text is: there they take them by name.
  frame: {
    minWidth: 0,
    overflow: 'hidden',
    '--plan-closed': tokens.colorNeutralBackground4,
    '--plan-open': tokens.colorNeutralBackground1,
    '--plan-line': tokens.colorNeutralStroke1,
    '--plan-text': tokens.colorNeutralForeground1,
    '--plan-work': tokens.colorBrandBackground,
    '--plan-slow': tokens.colorBrandBackground2,
    '--plan-edge': tokens.colorBrandStroke1,
    '--plan-lead': tokens.colorNeutralForeground3,
    '--plan-danger': tokens.colorStatusDangerForeground1,
    '@media (forced-colors: active)': {
      forcedColorAdjust: 'none',
      color: 'CanvasText',
      '--plan-closed': 'Canvas',
      '--plan-open': 'Canvas',
      '--plan-line': 'GrayText',
      '--plan-text': 'CanvasText',
      '--plan-work': 'Highlight',
      '--plan-slow': 'Canvas',
      '--plan-edge': 'Highlight',
      '--plan-lead': 'CanvasText',
      '--plan-danger': 'CanvasText'
    }
  },
  text: { fill: 'var(--plan-text)', fontSize: '12px', fontFamily: tokens.fontFamilyBase },
  strong: {
    fill: 'var(--plan-text)',
    fontSize: '12px',
    fontWeight: 600,
    fontFamily: tokens.fontFamilyBase
  },
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px 16px',
    margin: '6px 0 0',
    padding: 0,
    listStyleType: 'none',
    fontSize: tokens.fontSizeBase200,
    color: 'var(--plan-text)'
  },
  item: { display: 'inline-flex', alignItems: 'center', gap: '6px' }
})

const lane = 26
const axis = 22
const most = 8

const colours = {
  closed: 'var(--plan-closed)',
  open: 'var(--plan-open)',
  line: 'var(--plan-line)',
  text: 'var(--plan-text)',
  work: 'var(--plan-work)',
  slow: 'var(--plan-slow)',
  edge: 'var(--plan-edge)',
  lead: 'var(--plan-lead)',
  danger: 'var(--plan-danger)'
} as const

/** Hatching, so that no part is told by its colour alone. */
function Patterns({ id }: { readonly id: string }) {
  const hatch = (name: string, colour: string, angle: number) => (
    <pattern
      id={`${id}${name}`}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform={`rotate(${angle})`}
    >
      <line x1="0" y1="0" x2="0" y2="6" stroke={colour} strokeWidth="2" />
    </pattern>
  )
  return (
    <defs>
      {hatch('margin', colours.edge, 45)}
      {hatch('lead', colours.lead, -45)}
      {hatch('danger', colours.danger, 45)}
      <pattern id={`${id}closed`} width="7" height="7" patternUnits="userSpaceOnUse">
        <rect width="7" height="7" fill={colours.closed} />
        <circle cx="3.5" cy="3.5" r="0.8" fill={colours.lead} />
      </pattern>
    </defs>
  )
}

/** The kinds of stretch a lane is made of, as lane and legend draw them. */
function looks(id: string, fits: boolean) {
  const edge = fits ? colours.edge : colours.danger
  return {
    lead: { fill: `url(#${id}lead)`, stroke: colours.lead },
    work: { fill: fits ? colours.work : colours.danger, stroke: edge },
    slow: { fill: colours.slow, stroke: edge },
    margin: { fill: `url(#${id}${fits ? 'margin' : 'danger'})`, stroke: edge }
  } as const
}

interface LaneProps {
  readonly batch: Batch
  readonly top: number
  readonly id: string
  readonly right: number
  x(at: number): number
}

/** Where the word for a limit finds room: right of its line, left of it, or behind the batch; undefined when nowhere. */
function labelAt(limit: number, width: number, start: number, end: number, right: number): number | undefined {
  const places = [limit + 5, limit - width + 3, end + 5]
  return places.find((place) => place + width <= right && (place >= end || place + width <= start))
}

function Lane({ batch, top, id, right, x }: LaneProps) {
  const styles = useStyles()
  const { startsAt, workAt, expectedEnd, worstEnd, heldUntil, deadline, fits } = batch
  const look = looks(id, fits)
  const parts = [
    ['lead', startsAt, workAt],
    ['work', workAt, expectedEnd],
    ['slow', expectedEnd, worstEnd],
    ['margin', worstEnd, heldUntil]
  ] as const
  const limitAt = deadline === null ? undefined : x(deadline.at)
  const words = deadline === null ? '' : limitTitles[deadline.limit]
  const label =
    limitAt === undefined ? undefined : labelAt(limitAt, words.length * 7 + 8, x(startsAt), x(heldUntil), right)
  return (
    <g data-batch={batch.number} data-fits={fits}>
      {parts
        .filter(([, from, to]) => to > from)
        .map(([kind, from, to]) => (
          <rect
            key={kind}
            x={x(from)}
            y={top + 5}
            width={Math.max(2, x(to) - x(from))}
            height={lane - 10}
            strokeWidth="1"
            {...look[kind]}
          />
        ))}
      {limitAt !== undefined && (
        <>
          <line
            x1={limitAt}
            x2={limitAt}
            y1={top + 1}
            y2={top + lane - 1}
            stroke={fits ? colours.text : colours.danger}
            strokeWidth="2"
          />
          {label !== undefined && (
            <text x={label} y={top + lane / 2 + 4} className={styles.text}>
              {words}
            </text>
          )}
        </>
      )}
    </g>
  )
}

const legend = [
  ['lead', 'export and import'],
  ['work', 'expected work'],
  ['slow', 'if all are slow'],
  ['margin', 'margin']
] as const

function Legend({ id, plan, windows }: { readonly id: string; readonly plan: Plan; readonly windows: boolean }) {
  const styles = useStyles()
  const look = looks(id, true)
  const leads = plan.batches.some(({ startsAt, workAt }) => workAt > startsAt)
  const limits = plan.batches.some(({ deadline }) => deadline !== null)
  const swatch = (style: { fill: string; stroke: string }) => (
    <svg width="18" height="12" aria-hidden>
      <rect x="0.5" y="0.5" width="17" height="11" {...style} />
    </svg>
  )
  return (
    <ul className={styles.legend} aria-hidden>
      {legend
        .filter(([kind]) => kind !== 'lead' || leads)
        .map(([kind, text]) => (
          <li key={kind} className={styles.item}>
            {swatch(look[kind])}
            {text}
          </li>
        ))}
      {limits && (
        <li className={styles.item}>
          <svg width="6" height="12" aria-hidden>
            <line x1="3" x2="3" y1="0" y2="12" stroke={colours.text} strokeWidth="2" />
          </svg>
          limit
        </li>
      )}
      {windows && (
        <li className={styles.item}>
          {swatch({ fill: `url(#${id}closed)`, stroke: colours.line })}
          outside the change windows
        </li>
      )}
    </ul>
  )
}

/** The width that is there, followed as the window changes. */
function useWidth() {
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(800)
  useEffect(() => {
    if (frame.current === null) return
    const observer = new ResizeObserver(
      ([entry]) => entry !== undefined && setWidth(Math.max(240, entry.contentRect.width))
    )
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [])
  return { frame, width }
}

/** `title` says in a sentence what the picture shows; the table beside it says the rest. */
export function ScheduleTimeline({
  plan,
  now,
  title
}: {
  readonly plan: Plan
  readonly now: number
  readonly title: string
}) {
  const styles = useStyles()
  // An id that may stand in url(#…).
  const id = useId().replace(/[^a-zA-Z0-9]/g, '')
  const { frame, width } = useWidth()
  const shown = plan.batches.slice(0, most)
  const { from, to } = rangeOf(shown, now)
  const narrow = width < 480
  const left = narrow ? 34 : 132
  const x = (at: number): number =>
    left + ((Math.min(to, Math.max(from, at)) - from) / (to - from)) * (width - left - 1)
  const height = axis + shown.length * lane
  const windows = plan.openings.some(({ to: end }) => end < Number.POSITIVE_INFINITY) || plan.openings.length === 0
  return (
    <div ref={frame} className={styles.frame} data-timeline>
      <svg width={width} height={height} role="img" aria-label={title}>
        <Patterns id={id} />
        <rect
          x={left}
          y={axis}
          width={width - left}
          height={height - axis}
          fill={windows ? `url(#${id}closed)` : colours.open}
        />
        {plan.openings
          .filter((opening) => opening.from < to && opening.to > from)
          .map((opening) => (
            <rect
              key={opening.from}
              x={x(opening.from)}
              y={axis}
              width={x(opening.to) - x(opening.from)}
              height={height - axis}
              fill={colours.open}
            />
          ))}
        {ticksOf(from, to, width - left, 84).map(({ at, text, day }) => (
          <g key={at}>
            <line x1={x(at)} x2={x(at)} y1={axis - 4} y2={height} stroke={colours.line} strokeWidth={day ? 1.5 : 0.5} />
            <text x={x(at) + 3} y={axis - 8} className={day ? styles.strong : styles.text}>
              {x(at) + text.length * 7.5 + 3 < width ? text : ''}
            </text>
          </g>
        ))}
        <rect x={left} y={axis} width={width - left - 1} height={height - axis} fill="none" stroke={colours.line} />
        {shown.map((batch, index) => (
          <g key={batch.number}>
            <text x="0" y={axis + index * lane + lane / 2 + 4} className={batch.fits ? styles.text : styles.strong}>
              {narrow
                ? `${batch.fits ? '' : '✕ '}${batch.number}`
                : `${batch.fits ? '' : '✕ '}Batch ${batch.number} · ${number(batch.computers)}`}
            </text>
            <Lane batch={batch} top={axis + index * lane} id={id} right={width} x={x} />
          </g>
        ))}
      </svg>
      <Legend id={id} plan={plan} windows={windows} />
      {plan.batches.length > most && (
        <p className={styles.legend}>
          and {counted(plan.batches.length - most, 'batch', 'batches')} more, in the table.
        </p>
      )}
    </div>
  )
}
