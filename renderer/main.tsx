// Starts the page: gives the style engine its nonce, keeps dropped files from navigating away, and draws App.
import { createDOMRenderer, RendererProvider } from '@fluentui/react-components'
import { createRoot } from 'react-dom/client'
import { config } from 'zod'
import { App } from './App.tsx'
import { watchBattery } from './battery.ts'

// The page's Content-Security-Policy forbids eval; zod need not try it.
config({ jitless: true })

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
const styles = createDOMRenderer(document, { styleElementAttributes: { nonce } })

// A file dropped beside the drop area must not replace the page.
for (const type of ['dragover', 'drop']) window.addEventListener(type, (event) => event.preventDefault())

void watchBattery()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <RendererProvider renderer={styles} targetDocument={document}>
    <App />
  </RendererProvider>
)
