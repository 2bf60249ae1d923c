// The window: header, rail of steps, the page, footer; and the regions that F6 walks through.
import { FluentProvider, makeStaticStyles, makeStyles, tokens } from '@fluentui/react-components'
import { type ReactNode, useEffect } from 'react'
import { type HelpPage, helpTitles } from '../shared/help.ts'
import { useDraft } from './draftStore.ts'
import { useHelp } from './helpStore.ts'
import { useNotice } from './noticeStore.ts'
import { watchHanded } from './packStore.ts'
import { AuditPage } from './pages/AuditPage.tsx'
import { ExplorerPage } from './pages/ExplorerPage.tsx'
import { OutOfBandPage } from './pages/OutOfBandPage.tsx'
import { SettingsPage } from './pages/SettingsPage.tsx'
import { SitePackPage } from './pages/SitePackPage.tsx'
import { StartPage } from './pages/StartPage.tsx'
import { pageTable } from './pages.tsx'
import { Footer } from './parts/Footer.tsx'
import { Header } from './parts/Header.tsx'
import { HelpDialog, useHelpKey } from './parts/HelpDialog.tsx'
import { PracticeTour } from './parts/PracticeTour.tsx'
import { ProblemStrip } from './parts/ProblemStrip.tsx'
import { Rail } from './parts/Rail.tsx'
import { useRegions } from './parts/regions.ts'
import { WatchingBar } from './parts/WatchingBar.tsx'
import { type Place, usePlace, watchCore } from './placeStore.ts'
import { useLook } from './theme.ts'
import { useOpen } from './useOpen.ts'

const useGlobal = makeStaticStyles(`
  html, body, #root { height: 100%; margin: 0; }
  @media (prefers-reduced-motion: reduce) {
    /* A transition of no time, not of little: with one on everything, inherited colours change level by level. */
    *, *::before, *::after { animation-duration: 0.01ms !important; animation-iteration-count: 1 !important; transition-duration: 0s !important; }
  }
`)

const useStyles = makeStyles({
  window: {
    height: '100vh',
    display: 'grid',
    gridTemplateRows: 'auto minmax(0, 1fr)',
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
    // At 200 % zoom the window is too low for fixed bars: then everything scrolls together.
    '@media (max-height: 480px)': { height: 'auto', minHeight: '100vh' }
  },
  body: {
    display: 'grid',
    gridTemplateColumns: '226px minmax(0, 1fr)',
    gridTemplateRows: 'minmax(0, 1fr) auto',
    gridTemplateAreas: '"rail page" "footer footer"',
    minHeight: 0,
    '@media (max-width: 820px)': {
      gridTemplateColumns: 'minmax(0, 1fr)',
      gridTemplateRows: 'auto minmax(0, 1fr) auto',
      gridTemplateAreas: '"rail" "page" "footer"'
    }
  },
  plain: { gridTemplateColumns: 'minmax(0, 1fr)', gridTemplateAreas: '"page" "footer"' },
  page: {
    gridArea: 'page',
    overflow: 'auto',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: '20px 24px',
    outlineStyle: 'none',
    boxSizing: 'border-box',
    '& > *': { flexShrink: 0 },
    '@media (max-width: 820px)': { padding: '12px 16px' }
  },
  spoken: { position: 'fixed', top: 0, width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' }
})

/** Which page is shown, and under which handle tests find it. */
function shown(place: Place, page: keyof typeof pageTable): { id: HelpPage; content: ReactNode; wizard: boolean } {
  if (place.at === 'start') return { id: 'start', content: <StartPage />, wizard: false }
  if (place.at === 'audit') return { id: 'audit', content: <AuditPage />, wizard: false }
  if (place.at === 'outOfBand') return { id: 'outOfBand', content: <OutOfBandPage />, wizard: false }
  if (place.at === 'settings') return { id: 'settings', content: <SettingsPage />, wizard: false }
  if (place.at === 'packs') return { id: 'packs', content: <SitePackPage />, wizard: false }
  if (place.at === 'explorer') {
    return { id: 'explorer', content: <ExplorerPage importId={place.importId} job={place.job} />, wizard: false }
  }
  const id = place.at === 'import' ? place.page : page
  const { Content } = pageTable[id]
  return { id, content: <Content />, wizard: true }
}

export function App() {
  useGlobal()
  const styles = useStyles()
  const { theme, look, choose } = useLook()
  const place = usePlace((state) => state.place)
  const page = useDraft((state) => state.draft?.page ?? 'strategy')
  const { problem, spoken, dismiss } = useNotice()
  const { id, content, wizard } = shown(place, page)
  const { practice } = useOpen()
  const helping = useHelp((state) => state.open)
  const watching = usePlace((state) => state.snapshot?.watching ?? false)
  useEffect(() => watchCore(), [])
  useEffect(() => watchHanded(), [])
  useRegions(id)
  useHelpKey()
  // A problem belongs to the page it happened on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page's id is what triggers it
  useEffect(dismiss, [id])
  return (
    <FluentProvider theme={theme}>
      <div className={styles.window}>
        <Header look={look} choose={choose} />
        <div className={wizard ? styles.body : `${styles.body} ${styles.plain}`}>
          {wizard && <Rail />}
          <main className={styles.page} data-page={id} data-region tabIndex={-1} aria-labelledby="page-title">
            {watching && <WatchingBar />}
            {problem !== null && <ProblemStrip problem={problem} onDismiss={dismiss} assertive />}
            {practice && <PracticeTour page={id} />}
            {content}
          </main>
          {wizard && <Footer />}
        </div>
      </div>
      {helping && <HelpDialog page={id} title={helpTitles[id]} practice={practice} />}
      <div className={styles.spoken} role="status" aria-live="polite">
        {spoken}
      </div>
    </FluentProvider>
  )
}
