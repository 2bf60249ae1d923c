// How the page is bundled. Scripts are files, never inline: the page's Content-Security-Policy refuses inline ones.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'renderer',
  // Relative addresses: the page is served by the application's own scheme.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Everything is read from disk, so one file costs nothing.
    chunkSizeWarningLimit: 4000
  }
})
