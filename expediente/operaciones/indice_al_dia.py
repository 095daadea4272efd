"""El índice, al día: por las marcas entre una orden y otra, y recorriendo la carpeta a diario.

Las marcas dicen qué casos cambió el programa, sin mirar los demás. El recorrido halla lo
que nadie marcó: lo que una brigada trajo copiado, lo que se repuso de un respaldo, lo que
falta. Si algo lo impide, quien pregunta lee los ficheros: da lo mismo, más despacio.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from expediente.almacen.cambios import Marca, SeCortoElHilo, Vista, empezar, novedades
from expediente.almacen.carpetas import carpeta_de_casos
from expediente.almacen.cifras_guardadas import leer_resumen
from expediente.almacen.copias import desempaquetar_tramos
from expediente.almacen.firmas import recorrer_casos
from expediente.almacen.frescura import esta_al_dia, hoy, ya_publicada
from expediente.almacen.guardado import Ficha, Guardado
from expediente.almacen.huellas import Vistazo, vistazo
from expediente.almacen.indice import Indice, SinIndice, abrir_indice, sin_estorbar
from expediente.almacen.marcas_leidas import anunciadas, esperar, marcas_vistas, recordar_marcas
from expediente.almacen.perfiles import Aportes, Contador, aportes, tema_de_informe
from expediente.almacen.tablas_del_indice import ABIERTO
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.informe import Informe
from expediente.operaciones.fichas import Calculada, Lector, huella_de_reglas
from expediente.operaciones.reparto import repartir
from expediente.operaciones.resumen_de_informe import definidos
from expediente.operaciones.ventanilla import Ventanilla

Avance = Callable[[int], None]
_TANDA = 1_000
# Lo que se espera a que otro proceso termine de refrescarlo, en segundos.
_ESPERA = 2.0
# Cuánto se espera una revisión anunciada que no llega: quien la anunció ya no la publicará.
_SEGUNDOS_DE_ESPERA = 3_600.0


def nadie_mira(_hechos: int) -> None:
    """Sin barra de progreso."""


def indice_al_dia(v: Ventanilla, completo: bool = False, al_avanzar: Avance = nadie_mira) -> Indice:
    """El índice de la oficina con todo lo que hay, listo para leerse; quien lo pide lo cierra.

    Con `completo` recorre la carpeta aunque hoy ya se haya recorrido. A `al_avanzar` se le
    dice cuántos casos más se leyeron. Lanza SinIndice si no
    se puede: entonces se leen los ficheros.
    """
    with sin_estorbar(v.raiz):
        indice = abrir_indice(v.raiz)
        assert indice is not None
        try:
            _refrescar(v, indice, completo, al_avanzar)
        except ErrorExpediente as error:  # las reglas o la carpeta no se pueden leer
            indice.cerrar()
            raise SinIndice(error.mensaje) from error
        except BaseException:  # también al interrumpir: abierto, estorba a los demás
            indice.cerrar()
            raise
        return indice


def _refrescar(v: Ventanilla, indice: Indice, completo: bool, al_avanzar: Avance) -> None:
    if not completo and esta_al_dia(indice, vistazo(v.raiz)):
        return
    indice.soltar()
    with indice.turno(_ESPERA):
        visto = vistazo(v.raiz)
        if completo or not esta_al_dia(indice, visto):
            indice.soltar()
            _Refresco(v, indice, visto, al_avanzar).hacer(completo)
            indice.fijar()


def quien_cuenta_que(contador: Contador) -> dict[str, list[tuple[str, str]]]:
    """{procedimiento: (informe, huella) de cada uno que lo cuenta}, según el índice."""
    return _por_procedimiento(contador.definidos())


def _por_procedimiento(
    definidos: Iterable[tuple[str, str]],
) -> dict[str, list[tuple[str, str]]]:
    quienes: dict[str, list[tuple[str, str]]] = {}
    for huella, escrito in definidos:
        dice = leer_resumen(escrito)
        for procedimiento in dice["procedimientos"]:
            quienes.setdefault(procedimiento, []).append((dice["clave"], huella))
    return quienes


class _Refresco:
    """Un refresco, con lo que se lee una sola vez mientras dura."""

    def __init__(self, v: Ventanilla, indice: Indice, visto: Vistazo, al_avanzar: Avance) -> None:
        self._v = v
        self._indice = indice
        self._visto = visto
        self._al_avanzar = al_avanzar
        self._casos = carpeta_de_casos(v.raiz)
        self._contador = Contador(indice)
        # Sin reglas nuevas no se lee ninguna: sólo las de los casos que cambiaron.
        self._son_otras = not visto.asentado or indice.ajuste("vistazo") != visto.dice
        self._definidos = definidos(v) if self._son_otras else []
        sabidos = [(d.huella, d.dice) for d in self._definidos]
        self._lector = Lector(
            v, _por_procedimiento(sabidos) if self._son_otras else quien_cuenta_que(self._contador)
        )
        self._reglas: dict[tuple[str, str], str] = {}

    def hacer(self, completo: bool) -> None:
        """Deja el índice al día."""
        ahora = time.time()
        if self._son_otras:
            # Si se corta a la mitad y vuelven las reglas de antes, lo calculado no es de ellas.
            self._indice.ajustar({"vistazo": ""})
            self._recontar_informes()
        vistas = marcas_vistas(self._indice)
        if completo or self._indice.ajuste("recorrido") != hoy():
            vistas = self._recorrer()
        try:
            nuevas, siguen = novedades(self._casos, vistas, ahora)
        except SeCortoElHilo:
            nuevas, siguen = novedades(self._casos, self._recorrer(), ahora)
        esperan = self._atender(nuevas, ahora)
        if self._son_otras:
            self._recalcular()
        with self._indice.escribiendo():
            self._terminar(siguen, esperan)

    def _terminar(self, siguen: Sequence[Vista], esperan: dict[Marca, float]) -> None:
        recordar_marcas(self._indice, siguen)
        esperar(self._indice, esperan)
        for definido in self._definidos:
            tema = tema_de_informe(definido.informe.clave)
            self._contador.definir(tema, definido.huella, definido.dice)
        igual = vistazo(self._v.raiz).dice == self._visto.dice
        if not igual:  # cambiaron mientras se calculaba: no se sabe con cuáles se calculó
            self._indice.desconfiar()
        self._indice.ajustar(
            {
                "recorrido": hoy(),
                "vistazo": self._visto.dice if igual and self._visto.asentado else "",
                "zona": self._v.oficina.zona,
                "de_prueba": "sí" if self._v.oficina.de_prueba else "",
                **{_llave(*cual): huella for cual, huella in self._reglas.items()},
            }
        )

    def _recorrer(self) -> list[Vista]:
        """Lee lo nuevo y lo cambiado en la carpeta; desde dónde leer después las marcas."""
        vistas = empezar(self._casos)
        cambiados, faltan = recorrer_casos(self._casos, self._indice.vistos())
        self._poner(self._leidos(cambiados), len(cambiados), faltan)
        return vistas

    def _leidos(self, folios: Sequence[str]) -> Iterator[Calculada]:
        return repartir(self._lector.leer, list(dict.fromkeys(folios)))

    def _atender(self, nuevas: Iterable[Marca], ahora: float) -> dict[Marca, float]:
        """Lee los casos que se anunciaron; devuelve los anuncios que aún no se cumplen."""
        todas = dict.fromkeys(nuevas, ahora) | anunciadas(self._indice)
        por_leer: dict[str, None] = {}
        esperan: dict[Marca, float] = {}
        for marca, desde in todas.items():
            hay = self._indice.guardado(marca.folio)
            if hay and hay.problema is None and hay.revision >= marca.revision:
                continue
            if ya_publicada(self._casos, marca):
                por_leer[marca.folio] = None
            elif 0 <= ahora - desde < _SEGUNDOS_DE_ESPERA:
                esperan[marca] = desde
        self._poner(self._leidos(list(por_leer)), len(por_leer))
        return esperan

    def _recalcular(self) -> None:
        """Calcula otra vez los casos cuyas reglas cambiaron, de su copia."""
        for clave, version in self._indice.versiones():
            reglas = self._reglas_de(clave, version)
            viejos = self._indice.por_recalcular(clave, version, reglas)
            self._poner(map(self._recalculado, viejos), len(viejos))

    def _recalculado(self, hay: Guardado) -> Calculada:
        copia = self._indice.copia(hay.folio)
        if copia is None:
            return self._lector.leer(hay.folio)
        ficha, suyos = self._lector.recalcular(hay.folio, *copia)
        return ficha._replace(firma=hay.firma), suyos

    def _poner(
        self, calculadas: Iterator[Calculada], cuantas: int, faltan: Iterable[str] = ()
    ) -> None:
        """Guarda lo calculado por tandas; si se corta a la mitad, después se recorre todo."""
        if cuantas > _TANDA:
            self._indice.ajustar({"recorrido": ""})
        with self._indice.escribiendo():
            for folio in faltan:
                self._indice.quitar(folio)
        while tanda := list(islice(calculadas, _TANDA)):
            with self._indice.escribiendo():
                for ficha, suyos in tanda:
                    self._guardar(ficha, suyos)
            self._al_avanzar(len(tanda))

    def _guardar(self, ficha: Ficha, suyos: Sequence[Aportes]) -> None:
        if ficha.procedimiento and ficha.version:
            ficha = ficha._replace(reglas=self._reglas_de(ficha.procedimiento, ficha.version))
        self._contador.agregar(self._indice.guardar(ficha), suyos)

    def _reglas_de(self, clave: str, version: str) -> str:
        if (clave, version) not in self._reglas:
            sabida = "" if self._son_otras else self._indice.ajuste(_llave(clave, version))
            self._reglas[clave, version] = sabida or huella_de_reglas(self._v, clave, version)
        return self._reglas[clave, version]

    def _recontar_informes(self) -> None:
        """Cuenta otra vez los informes que cambiaron, de los tramos que ya hay."""
        contadas = self._contador.huellas()
        vigentes = {tema_de_informe(d.informe.clave): d.huella for d in self._definidos}
        with self._indice.escribiendo():
            for tema, huella in contadas.items():
                if tema.startswith(tema_de_informe("")) and vigentes.get(tema) != huella:
                    self._contador.vaciar_tema(tema)
        otros = [
            d.informe
            for d in self._definidos
            if contadas.get(tema_de_informe(d.informe.clave)) != d.huella
        ]
        claves = {clave for informe in otros for clave in informe.procedimientos}
        hay = self._indice.vivos(claves, 0, ABIERTO)
        for desde in range(0, len(hay), _TANDA):
            with self._indice.escribiendo():
                for uno in hay[desde : desde + _TANDA]:
                    self._recontar(uno.caso, otros)

    def _recontar(self, caso: int, informes: Sequence[Informe]) -> None:
        tramos = desempaquetar_tramos(self._indice.tramos_empacados(caso) or b"")
        todos = aportes(tramos, informes)
        self._contador.agregar(caso, (a for a in todos if a.tema.startswith(tema_de_informe(""))))


def _llave(clave: str, version: str) -> str:
    """Con qué ajuste se guardan las reglas de esa versión."""
    return f"reglas {clave} {version}"
