// Flutter's engine with Flet's client in it: the same files as in the native web mode, all from this site.
export async function startFlutter(renderer) {
  globalThis.flet = {
    pyodide: true, multiView: false, noCdn: true, webSocketEndpoint: '/ws', entrypointBaseUrl: '/app/', assetBase: '/app/',
    routeUrlStrategy: 'path', canvasKitBaseUrl: '/app/canvaskit/', fontFallbackBaseUrl: 'assets/fonts/', webRenderer: renderer,
  };
  globalThis.flet.flutterAppLoaded = new Promise((ok) => { globalThis.flet.flutterAppResolve = ok; });
  await new Promise((ok, no) => {
    const script = document.createElement('script');
    script.src = 'flutter_loader.js';
    script.onload = ok;
    script.onerror = () => no(new Error('flutter_loader.js'));
    document.head.append(script);
  });
  const config = {
    multiViewEnabled: false, entrypointBaseUrl: '/app/', assetBase: '/app/', renderer,
    canvasKitBaseUrl: '/app/canvaskit/', canvasKitVariant: 'full', fontFallbackBaseUrl: 'assets/fonts/',
  };
  await _flutter.loader.load({
    config,
    onEntrypointLoaded: async (initializer) => {
      const engine = await initializer.initializeEngine(config);
      globalThis.flet.flutterApp = await engine.runApp();
      globalThis.flet.flutterAppResolve(globalThis.flet.flutterApp);
    },
  });
}
