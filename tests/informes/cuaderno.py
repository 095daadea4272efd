"""Un cuaderno donde se apuntan los sucesos de un caso, y los hechos que de él se leen."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from expediente.nucleo.medida import Medida
from tests.informes.lectura import Hechos, Oficina, Suceso

TERMINAN = {
    "negativa": "negado",
    "desistimiento": "desistido",
    "cancelacion": "cancelado",
    "caducidad": "caducado",
    "incompetencia": "incompetencia",
    "acumulacion": "acumulado",
}
PERSONA = ("nombres", "primer_apellido", "segundo_apellido", "curp", "telefono")
DOMICILIO = (
    "calle", "numero", "entre_calles", "colonia", "localidad", "codigo_postal", "referencia",
    "latitud", "longitud",
)  # fmt: skip


class Cuaderno:
    """Se le apuntan sucesos, uno tras otro, y dice cómo va el caso."""

    def __init__(self, regla: Mapping[str, Any]) -> None:
        self.regla = regla
        self.pasos = {paso["clave"]: paso for paso in regla["pasos"]}
        self.datos: dict[str, str] = {}
        self.final: str | None = None
        self.concluido: datetime | None = None
        self.recibido: datetime | None = None
        self.cierres: list[str] = []
        self.reaperturas: list[str] = []
        self.canal: str | None = None
        self.de_pasos: Hechos = {}
        self.veces: dict[tuple[str, str | None], int] = {}
        self.asignado: str | None = None
        self.reasignaciones = 0

    def apuntar(self, s: Suceso) -> None:
        """Apunta un suceso que nadie deshizo."""
        self.datos |= s.get("datos", {})
        self.datos = {clave: dato for clave, dato in self.datos.items() if dato != ""}
        tipo, detalle = s["tipo"], s.get("detalle", {})
        if tipo == "apertura":
            self.recibido = datetime.fromisoformat(s["ocurrio"])
            self.canal = detalle.get("canal")
            self._paso(s, s.get("paso") or self.regla["apertura"])
            self.de_pasos["ocurrio.apertura"] = self.recibido
            self.de_pasos["actuo.apertura"] = None
        elif tipo == "avance":
            self._paso(s, s["paso"])
        elif tipo in TERMINAN:
            self._cerrar(s, detalle.get("situacion", TERMINAN[tipo]))
        elif tipo == "fallecimiento" and "al_fallecer" not in self.regla.get("eventos", {}):
            self._cerrar(s, "fallecimiento")
        elif tipo == "reapertura":
            self.final = self.concluido = None
            self.reaperturas.append(s["ocurrio"])
        elif tipo == "reasignacion":
            self.asignado = detalle.get("a", self.asignado)
            self.reasignaciones += 1

    def _cerrar(self, s: Suceso, situacion: str) -> None:
        self.final = situacion
        self.concluido = datetime.fromisoformat(s["ocurrio"])
        self.cierres.append(s["ocurrio"])

    def _paso(self, s: Suceso, clave: str) -> None:
        resultado = s.get("resultado")
        paso = self.pasos[clave]
        salida = paso
        if resultado is not None:
            salida = next(r for r in paso["resultados"] if r["clave"] == resultado)
        quien, cuando = s.get("por") or s["capturo"], datetime.fromisoformat(s["ocurrio"])
        for hecho in (clave, f"{clave}/{resultado}") if resultado else (clave,):
            self.de_pasos[f"ocurrio.{llave(hecho)}"] = cuando
            self.de_pasos[f"actuo.{llave(hecho)}"] = quien
        self.de_pasos.pop(f"nota.{llave(clave)}", None)
        if s.get("nota"):
            self.de_pasos[f"nota.{llave(clave)}"] = s["nota"]
        if resultado:
            self.de_pasos[f"resultado.{llave(clave)}"] = resultado
        self.veces[clave, resultado] = self.veces.get((clave, resultado), 0) + 1
        for otro in _lista(salida.get("reinicia")):
            self.veces = {cual: n for cual, n in self.veces.items() if cual[0] != otro}
        if "final" in salida:
            self._cerrar(s, salida["final"])

    def hechos(self, o: Oficina) -> Hechos:
        """Los hechos que salen de lo apuntado, con su tipo."""
        hechos: Hechos = {
            "canal": self.canal,
            "recibido": self.recibido,
            "abierto": self.final is None,
            "reasignaciones": self.reasignaciones,
            **self.de_pasos,
        }
        if self.canal and (opcion := o.opcion("canales", self.canal)):
            hechos["canal.nombre"] = opcion["nombre"]
        if self.concluido:
            hechos["concluido"] = self.concluido
        if self.asignado:
            hechos["asignado"] = self.asignado
        for campo in self.regla.get("campos", []):
            hechos |= hechos_del_campo(o, campo, self.datos)
        sueltos = {k: v for k, v in self.datos.items() if k not in hechos and not _de(self, k)}
        for paso in self.regla["pasos"]:
            for resultado in paso.get("resultados", []):
                clave = f"veces.{llave(paso['clave'])}.{llave(resultado['clave'])}"
                hechos[clave] = self.veces.get((paso["clave"], resultado["clave"]), 0)
        return hechos | sueltos


def _de(cuaderno: Cuaderno, clave: str) -> bool:
    """Si el dato es parte de un campo del formulario."""
    de_que = clave.split(".", maxsplit=1)[0]
    return any(de_que == campo["clave"] for campo in cuaderno.regla.get("campos", []))


def hechos_del_campo(o: Oficina, campo: Mapping[str, Any], datos: Mapping[str, str]) -> Hechos:
    """Los hechos de un campo: su dato, sus partes, su nombre de catálogo o sus elementos."""
    clave, tipo = campo["clave"], campo.get("tipo", "texto")
    partes: list[dict[str, Any]] = list(campo.get("campos", []))
    if tipo == "persona":
        partes = [{"clave": parte} for parte in PERSONA]
    if tipo == "domicilio":
        decimales = ("latitud", "longitud")
        partes = [{"clave": x, "tipo": "decimal" if x in decimales else "texto"} for x in DOMICILIO]
    if "lista" in campo:
        return _de_lista(o, clave, partes or [{**campo, "clave": ""}], datos)
    hechos: Hechos = {}
    for parte in partes or [dict(campo)]:
        llave = f"{clave}.{parte['clave']}" if partes else clave
        if llave in datos:
            hechos |= _suelto(o, llave, parte, datos[llave])
    if tipo == "persona":
        nombre = " ".join(datos[k] for x in PERSONA[:3] if (k := f"{clave}.{x}") in datos)
        if nombre:
            hechos |= {clave: nombre, f"{clave}.nombre_completo": nombre}
    return hechos


def _de_lista(
    o: Oficina, clave: str, partes: list[dict[str, Any]], datos: Mapping[str, str]
) -> Hechos:
    """La lista de elementos y, de cada parte, la de sus valores; y cada dato por su cuenta."""
    numeros = sorted({int(k.split(".")[1]) for k in datos if k.startswith(f"{clave}.")})
    elementos = [f"{clave}.{n}" for n in numeros]
    hechos: Hechos = {clave: elementos}
    for parte in partes:
        valores = []
        for elemento in elementos:
            suya = f"{elemento}.{parte['clave']}" if parte["clave"] else elemento
            if suya in datos:
                valores.append(con_tipo(parte.get("tipo", "texto"), datos[suya]))
                hechos |= _suelto(o, suya, parte, datos[suya])
        if parte["clave"]:
            hechos[f"{clave}.{parte['clave']}"] = valores
    return hechos


def _suelto(o: Oficina, clave: str, campo: Mapping[str, Any], escrito: str) -> Hechos:
    tipo = campo.get("tipo", "texto")
    hechos: Hechos = {clave: con_tipo(tipo, escrito)}
    if tipo == "opcion":
        if "catalogo" in campo:
            opcion = o.opcion(campo["catalogo"], escrito)
        else:
            opciones = [
                x if isinstance(x, dict) else {"clave": x, "nombre": x} for x in campo["opciones"]
            ]
            opcion = next((x for x in opciones if x["clave"] == escrito), None)
        for atributo, dicho in (opcion or {}).items():
            if atributo not in ("clave", "alias"):
                hechos[f"{clave}.{atributo}"] = {"sí": True, "no": False}.get(dicho, dicho)
    return hechos


def con_tipo(tipo: str, escrito: str) -> Any:
    """El dato que dice lo escrito."""
    if tipo == "fecha":
        return date.fromisoformat(escrito)
    if tipo == "entero":
        return int(escrito)
    if tipo in ("monto", "decimal"):
        return Decimal(escrito) if tipo == "monto" else Medida(escrito)
    return escrito == "sí" if tipo == "si-no" else escrito


def _lista(escrito: Any) -> list[str]:
    if escrito is None:
        return []
    return [escrito] if isinstance(escrito, str) else list(escrito)


def llave(clave: str) -> str:
    """La clave como se escribe en un hecho."""
    return clave.replace("-", "_").replace("/", ".")
