// A page's heading and the sentence below it.
import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  head: { display: 'flex', flexDirection: 'column', gap: '2px', flexShrink: 0 },
  title: {
    margin: 0,
    fontSize: '24px',
    lineHeight: '32px',
    fontWeight: tokens.fontWeightSemibold,
    width: 'fit-content',
    // It takes the focus when the page changes, so that readers begin there; there is nothing to press on it.
    outlineStyle: 'none'
  },
  intro: { margin: 0, color: tokens.colorNeutralForeground2, maxWidth: '96ch', lineHeight: tokens.lineHeightBase300 }
})

export function Title({ children, intro }: { readonly children: string; readonly intro?: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={styles.head}>
      <h1 id="page-title" className={styles.title} tabIndex={-1}>
        {children}
      </h1>
      {intro !== undefined && <p className={styles.intro}>{intro}</p>}
    </div>
  )
}
