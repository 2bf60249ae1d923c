// The table of wizard pages: what draws each, and what the footer says while it is open.
import type { ComponentType } from 'react'
import { type Draft, missing, type Page } from '../shared/draft.ts'
import type { Planning } from '../shared/schedule/batch.ts'
import { AccountsPage } from './pages/AccountsPage.tsx'
import { ConfirmationPage } from './pages/ConfirmationPage.tsx'
import { MappingPage } from './pages/MappingPage.tsx'
import { PreviewPage } from './pages/PreviewPage.tsx'
import { ProfilePage } from './pages/ProfilePage.tsx'
import { ProgressPage } from './pages/ProgressPage.tsx'
import { SchedulePage } from './pages/SchedulePage.tsx'
import { SinglePage } from './pages/SinglePage.tsx'
import { SourcePage } from './pages/SourcePage.tsx'
import { StrategyPage } from './pages/StrategyPage.tsx'
import { SummaryPage } from './pages/SummaryPage.tsx'
import { number } from './words.ts'

interface PageEntry {
  readonly Content: ComponentType
  /** The footer's sentence; '' when there is nothing to say. */
  readonly hint: (draft: Draft, planning: Planning) => string
}

/** What this page itself still lacks. */
const lacking =
  (page: Page) =>
  (draft: Draft, planning: Planning): string =>
    missing(draft, planning).find((item) => item.page === page)?.text ?? ''

const previewHint = ({ counts }: Draft): string =>
  [
    `${number(counts.ready)} ready`,
    ...(counts.warned > 0 ? [`${number(counts.warned)} with warnings`] : []),
    ...(counts.leftOut > 0 ? [`${number(counts.leftOut)} left out`] : []),
    ...(counts.blocked > 0 ? [`${number(counts.blocked)} must be repaired before Start`] : [])
  ].join(' · ')

export const pageTable: Readonly<Record<Page, PageEntry>> = {
  strategy: { Content: StrategyPage, hint: () => 'You can go on without answering everything.' },
  source: { Content: SourcePage, hint: lacking('source') },
  single: { Content: SinglePage, hint: lacking('single') },
  mapping: { Content: MappingPage, hint: lacking('mapping') },
  preview: { Content: PreviewPage, hint: previewHint },
  accounts: { Content: AccountsPage, hint: lacking('accounts') },
  profile: { Content: ProfilePage, hint: lacking('profile') },
  schedule: { Content: SchedulePage, hint: lacking('schedule') },
  summary: { Content: SummaryPage, hint: () => 'Nothing has been changed yet.' },
  progress: { Content: ProgressPage, hint: () => '' },
  confirmation: { Content: ConfirmationPage, hint: () => '' }
}
