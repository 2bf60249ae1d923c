// The rail: the pages that apply as a list of steps, each done, current or to do; pages already seen can be opened.
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, CircleRegular, RecordRegular } from '@fluentui/react-icons'
import { useShallow } from 'zustand/react/shallow'
import { missing, type Page, pages, pagesFor, pageTitles } from '../../shared/draft.ts'
import { useDraft } from '../draftStore.ts'
import { usePlace } from '../placeStore.ts'
import { usePlanning } from '../planStore.ts'

const useStyles = makeStyles({
  rail: {
    gridArea: 'rail',
    overflow: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: '14px 10px',
    '@media (max-width: 820px)': {
      padding: '6px 10px',
      borderRight: 'none',
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`
    }
  },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
    '@media (max-width: 820px)': { flexDirection: 'row' }
  },
  step: {
    display: 'flex',
    alignItems: 'center',
    gap: '10px',
    width: '100%',
    minHeight: '34px',
    padding: '6px 10px',
    boxSizing: 'border-box',
    border: '1px solid transparent',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase300,
    textAlign: 'left',
    cursor: 'pointer',
    '@media (max-width: 820px)': { whiteSpace: 'nowrap', gap: '6px', padding: '4px 8px' },
    ':hover:enabled': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':disabled': { cursor: 'default', color: tokens.colorNeutralForeground3 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-1px' }
  },
  current: {
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    '@media (forced-colors: active)': { border: '1px solid Highlight' }
  },
  icon: { flexShrink: 0, fontSize: '20px' },
  done: { color: tokens.colorStatusSuccessForeground1 },
  now: { color: tokens.colorBrandForeground1 },
  open: { color: tokens.colorNeutralForeground3 }
})

type Standing = 'done' | 'now' | 'open'
const icons = { done: CheckmarkCircleFilled, now: RecordRegular, open: CircleRegular } as const
const standingWords: Readonly<Record<Standing, string>> = { done: 'done', now: 'current page', open: 'to do' }

/** The pages with their standing, and whether each may be opened from here. */
function useSteps(): readonly { page: Page; standing: Standing; reachable: boolean }[] {
  const place = usePlace((state) => state.place)
  const { draft, reached } = useDraft(useShallow(({ draft, reached }) => ({ draft, reached })))
  const planning = usePlanning(draft?.practice ?? false)
  const progress = pages.indexOf('progress')
  if (place.at === 'import') {
    const current = pages.indexOf(place.page)
    return place.pages.map((page) => ({
      page,
      standing: page === place.page ? 'now' : pages.indexOf(page) < current ? 'done' : 'open',
      reachable: pages.indexOf(page) >= progress
    }))
  }
  if (draft === null) return []
  const lacking = new Set(missing(draft, planning).map((item) => item.page))
  return pagesFor(draft).map((page) => {
    const index = pages.indexOf(page)
    const seen = index <= reached && index < progress
    const done = seen && index < reached && !lacking.has(page)
    return { page, standing: page === draft.page ? 'now' : done ? 'done' : 'open', reachable: seen }
  })
}

export function Rail() {
  const styles = useStyles()
  const steps = useSteps()
  const open = (page: Page): void => {
    if (page === 'progress' || page === 'confirmation') usePlace.getState().showPage(page)
    else useDraft.getState().goTo(page)
  }
  return (
    <nav className={styles.rail} aria-label="Steps" data-region>
      <ol className={styles.list}>
        {steps.map(({ page, standing, reachable }) => {
          const Icon = icons[standing]
          return (
            <li key={page}>
              <button
                type="button"
                className={mergeClasses(styles.step, standing === 'now' && styles.current)}
                aria-current={standing === 'now' ? 'step' : undefined}
                aria-label={`${pageTitles[page]}, ${standingWords[standing]}`}
                data-step={page}
                data-standing={standing}
                disabled={!reachable}
                onClick={() => open(page)}
              >
                <Icon className={mergeClasses(styles.icon, styles[standing])} aria-hidden />
                {pageTitles[page]}
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
