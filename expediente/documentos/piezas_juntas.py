"""Las piezas del documento junto: lo que cada uno trae, una sola vez, y sus enlaces."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import PurePosixPath

from expediente.documentos.etiquetas import Nodo
from expediente.documentos.piezas_de_word import CLASES, Piezas, Relacion, escribir_nodo

R = f"{{{CLASES[:-1]}}}"
TIPO = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


class PiezasJuntas:
    """Las piezas del primer documento, con las que van trayendo los demás.

    Lo que es igual byte por byte entra una vez: el emblema de trescientas cartas es uno.
    """

    def __init__(self, piezas: Piezas, cuerpo: str, clases: Iterable[str]) -> None:
        """Toma las del primero; de lo que su texto enlaza, sólo las de esas clases."""
        self.piezas = piezas
        self.cuerpo = cuerpo
        propias = [CLASES + clase for clase in clases]
        enlaces = [r for r in piezas.relaciones(cuerpo) if r.clase in propias]
        self._enlaces: dict[str, list[Relacion]] = {cuerpo: enlaces}
        self._llevadas: dict[tuple[str, str], str] = {}

    def traer_enlaces(self, ajenas: Piezas, de: str, raiz: Nodo, hacia: str | None = None) -> None:
        """Trae las imágenes y enlaces que un texto usa, y le pone sus claves de aquí."""
        por_clave = {r.clave: r for r in ajenas.relaciones(de)}
        for nodo in raiz.iter():
            for atributo in [a for a in nodo.attrib if a.startswith(R)]:
                relacion = por_clave.get(nodo.get(atributo))
                if relacion is None:
                    del nodo.attrib[atributo]
                    continue
                traida = self._traida(ajenas, relacion)
                nodo.set(atributo, self.enlazar(hacia or self.cuerpo, traida))

    def _traida(self, ajenas: Piezas, r: Relacion) -> Relacion:
        destino = r.destino if r.externa else self._llevar(ajenas, r.destino)
        return Relacion(r.clave, r.clase, destino, r.externa)

    def _llevar(self, ajenas: Piezas, origen: str) -> str:
        enlaces = [self._traida(ajenas, r) for r in ajenas.relaciones(origen)]
        return self._poner(origen, ajenas.contenido.get(origen, b""), ajenas.tipo(origen), enlaces)

    def _poner(self, nombre: str, contenido: bytes, tipo: str, enlaces: list[Relacion]) -> str:
        ruta = PurePosixPath(nombre)
        huella = (ruta.suffix, sha256(contenido + repr(enlaces).encode()).hexdigest())
        if huella not in self._llevadas:
            libre = f"{ruta.parent}/{ruta.stem}-{len(self._llevadas) + 1:04d}{ruta.suffix}"
            self.piezas.poner(libre, contenido, tipo)
            self._enlaces[libre] = enlaces
            self._llevadas[huella] = libre
        return self._llevadas[huella]

    def letrero(self, ajenas: Piezas, relacion: Relacion, nodo: Nodo) -> str:
        """La clave del encabezado o pie ya ajustado; los que dicen lo mismo son uno."""
        self.traer_enlaces(ajenas, relacion.destino, nodo, "letrero")
        enlaces = self._enlaces.pop("letrero", [])
        return self._poner_letrero(
            relacion.clase.removeprefix(CLASES), escribir_nodo(nodo), enlaces
        )

    def vacio(self, clase: str) -> str:
        """La clave de un encabezado o pie que no ocupa lugar: no hereda el anterior."""
        espacio = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        raiz = {"header": "hdr", "footer": "ftr"}[clase]
        sin_lugar = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        parrafo = f"<w:p><w:pPr>{sin_lugar}</w:pPr></w:p>"
        escrito = f'<w:{raiz} xmlns:w="{espacio}">{parrafo}</w:{raiz}>'
        return self._poner_letrero(clase, escrito.encode(), [])

    def _poner_letrero(self, clase: str, contenido: bytes, enlaces: list[Relacion]) -> str:
        nombre = self._poner(f"word/{clase}.xml", contenido, TIPO.format(clase), enlaces)
        return self.enlazar(self.cuerpo, Relacion("", CLASES + clase, nombre))

    def enlazar(self, desde: str, relacion: Relacion) -> str:
        """La clave con que una pieza enlaza a otra: nueva, o la que ya tenía."""
        enlaces = self._enlaces.setdefault(desde, [])
        for r in enlaces:
            if (r.clase, r.destino) == (relacion.clase, relacion.destino):
                return r.clave
        clave = f"rIdJ{len(enlaces) + 1}"
        enlaces.append(Relacion(clave, relacion.clase, relacion.destino, relacion.externa))
        return clave

    def poner_propia(self, clase: str, raiz: Nodo, nombre: str) -> None:
        """Escribe una pieza que el texto enlaza por su clase: los estilos, las notas."""
        donde = next(
            (r.destino for r in self._enlaces[self.cuerpo] if r.clase == CLASES + clase), nombre
        )
        self.piezas.poner(donde, escribir_nodo(raiz), TIPO.format(clase))
        self.enlazar(self.cuerpo, Relacion("", CLASES + clase, donde))

    def cerrar(self) -> bytes:
        """El .docx con todas sus piezas, y ninguna suelta."""
        for nombre, enlaces in self._enlaces.items():
            self.piezas.enlazar(nombre, enlaces)
        self.piezas.quitar_sueltas()
        return self.piezas.cerrar()
