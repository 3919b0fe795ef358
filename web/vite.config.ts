import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** While developing, `CANDELA=http://localhost:PORT npm run dev` shows the page with a running processor behind it. */
const processor = process.env.CANDELA ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: {
      // The processor answers its own origin only.
      '/api': { target: processor, changeOrigin: true, ws: true, headers: { origin: processor } },
    },
  },
  build: { target: 'es2022', chunkSizeWarningLimit: 700 },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});
