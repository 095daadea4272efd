"""Un Chromium sin pantalla, mandado por su tubería de depuración: sin puertos ni bibliotecas."""

import itertools
import json
import os
import select
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HAY_NAVEGADOR = CHROMIUM is not None and shutil.which("bash") is not None
_OPCIONES = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
    "--no-first-run", "--disable-extensions", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--remote-debugging-pipe",
)  # fmt: skip
_PACIENCIA_EN_SEGUNDOS = 60


class Navegador:
    """El navegador abierto. Lo que avisa mientras contesta se guarda en `sucesos`."""

    def __init__(self, entrada: int, salida: int) -> None:
        self._entrada, self._salida = entrada, salida
        self._numeros = itertools.count(1)
        self._leido = b""
        self.sucesos: list[dict[str, Any]] = []

    def mandar(self, metodo: str, sesion: str | None = None, **datos: Any) -> dict[str, Any]:
        """Lo que contesta a esa orden."""
        numero = next(self._numeros)
        orden = {"id": numero, "method": metodo, "params": datos}
        os.write(
            self._entrada, json.dumps(orden | ({"sessionId": sesion} if sesion else {})).encode()
        )
        os.write(self._entrada, b"\0")
        while (dicho := self._siguiente()).get("id") != numero:
            self.sucesos.append(dicho)
        assert "error" not in dicho, dicho
        resultado: dict[str, Any] = dicho["result"]
        return resultado

    def esperar(self, suceso: str, sesion: str) -> None:
        """Espera a que avise eso de esa pestaña."""
        while not any(self.de(sesion, suceso)):
            self.sucesos.append(self._siguiente())

    def de(self, sesion: str, suceso: str) -> Iterator[dict[str, Any]]:
        """Lo que ha avisado con ese nombre de esa pestaña."""
        for dicho in self.sucesos:
            if dicho.get("sessionId") == sesion and dicho["method"] == suceso:
                yield dicho["params"]

    def _siguiente(self) -> dict[str, Any]:
        while b"\0" not in self._leido:
            listos, _, _ = select.select([self._salida], [], [], _PACIENCIA_EN_SEGUNDOS)
            assert listos, "el navegador no contesta"
            trozo = os.read(self._salida, 1 << 20)
            assert trozo, "el navegador se cerró"
            self._leido += trozo
        entero, _, self._leido = self._leido.partition(b"\0")
        dicho: dict[str, Any] = json.loads(entero)
        return dicho


class Pagina:
    """Un fichero abierto en una pestaña, tan ancha como se pida."""

    def __init__(
        self, navegador: Navegador, fichero: Path, ancho: int = 360, esquema: str = "light"
    ) -> None:
        self._navegador = navegador
        destino = navegador.mandar("Target.createTarget", url="about:blank")["targetId"]
        abierta = navegador.mandar("Target.attachToTarget", targetId=destino, flatten=True)
        self._sesion: str = abierta["sessionId"]
        for dominio in ("Page", "Network", "Log", "Runtime"):
            self._mandar(f"{dominio}.enable")
        medidas = {"width": ancho, "height": 800, "deviceScaleFactor": 1, "mobile": ancho < 600}
        self._mandar("Emulation.setDeviceMetricsOverride", **medidas)
        prefiere = [{"name": "prefers-color-scheme", "value": esquema}]
        self._mandar("Emulation.setEmulatedMedia", features=prefiere)
        self._mandar("Page.navigate", url=fichero.as_uri())
        navegador.esperar("Page.loadEventFired", self._sesion)

    def _mandar(self, metodo: str, **datos: Any) -> dict[str, Any]:
        return self._navegador.mandar(metodo, self._sesion, **datos)

    def preguntar(self, expresion: str) -> Any:
        """Lo que vale esa expresión en la página; la hace la prueba, no la página."""
        dicho = self._mandar("Runtime.evaluate", expression=expresion, returnByValue=True)
        assert "exceptionDetails" not in dicho, dicho
        return dicho["result"].get("value")

    @property
    def quejas(self) -> list[str]:
        """Lo que saldría en la consola: errores, avisos y lo que la política detuvo."""
        de = self._navegador.de
        avisos = [s["entry"]["text"] for s in de(self._sesion, "Log.entryAdded")]
        dichos = [str(s["args"]) for s in de(self._sesion, "Runtime.consoleAPICalled")]
        fallas = [str(s) for s in de(self._sesion, "Runtime.exceptionThrown")]
        return [*avisos, *dichos, *fallas]

    @property
    def pedidos(self) -> list[str]:
        """Las direcciones que la página quiso abrir, la suya incluida."""
        avisos = self._navegador.de(self._sesion, "Network.requestWillBeSent")
        return [aviso["request"]["url"] for aviso in avisos]

    def en_pdf(self) -> bytes:
        """La página impresa, en hojas carta como ella pide."""
        hecho = self._mandar("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return b64decode(hecho["data"])

    def cerrar(self) -> None:
        """Cierra la pestaña."""
        self._mandar("Page.close")


@contextmanager
def navegador_abierto(perfil: Path) -> Iterator[Navegador]:
    """El navegador con un perfil nuevo; al salir se cierra."""
    lee, nos_escribe = os.pipe()
    lo_que_lee, escribimos = os.pipe()
    guion = f'exec "$0" "$@" 3<&{lo_que_lee} 4>&{nos_escribe}'
    proceso = subprocess.Popen(
        ["bash", "-c", guion, str(CHROMIUM), *_OPCIONES, f"--user-data-dir={perfil}"],
        pass_fds=(lo_que_lee, nos_escribe),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for ajena in (lo_que_lee, nos_escribe):
        os.close(ajena)
    try:
        yield Navegador(escribimos, lee)
    finally:
        proceso.terminate()
        proceso.wait(timeout=_PACIENCIA_EN_SEGUNDOS)
        for propia in (escribimos, lee):
            os.close(propia)
