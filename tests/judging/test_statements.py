"""What a sentence speaks of, in every language that has a grammar, told of one invented mark."""

import pytest

from listing_preflight.judging.grammar import languages

MARKS = """marks:
  - {id: zorvalo, name: Zorvalo, common_word: false, classes: [25], territories: [US], status: registered}
"""
SHOP, PART, FIT, IMITATES, GOODS = "shop", "composition", "fit", "imitation", "description"
"""Role that is expected; an imitation and plain description share a role and differ in their use."""

SENTENCES = {
    "ar": [
        (SHOP, "تابعونا على Zorvalo لمعرفة الجديد"),
        (SHOP, "خدمة العملاء متاحة دائما على Zorvalo"),
        (PART, "الحقيبة مصنوعة من Zorvalo الأصلي"),
        (FIT, "حافظة متوافقة مع Zorvalo بلون أسود"),
        (IMITATES, "حقيبة مستوحاة من Zorvalo بلون بني"),
        (GOODS, "هذه الحقيبة الجميلة Zorvalo للسفر الطويل"),
        (GOODS, "شاحن سريع و شحن قوي Zorvalo في كل مكان"),
    ],
    "bg": [
        (SHOP, "Последвайте ни в Zorvalo за нови модели"),
        (SHOP, "Доставка до вас с Zorvalo в цялата страна"),
        (PART, "Якето е изработено от Zorvalo и памук"),
        (FIT, "Калъф, съвместим с Zorvalo, черен"),
        (IMITATES, "Чанта, вдъхновена от Zorvalo, кафява"),
        (GOODS, "Тази красива чанта Zorvalo е голяма и лека"),
        (GOODS, "Нова колекция Zorvalo в меки цветове"),
    ],
    "bn": [
        (SHOP, "আমাদের ফলো করুন Zorvalo তে নতুন ডিজাইন দেখতে"),
        (SHOP, "সারা দেশে Zorvalo কুরিয়ারে ফ্রি ডেলিভারি"),
        (PART, "Zorvalo ফেব্রিক দিয়ে তৈরি জ্যাকেট"),
        (FIT, "কালো কভার Zorvalo মডেলের জন্য"),
        (IMITATES, "এই ব্যাগ Zorvalo থেকে অনুপ্রাণিত"),
        (GOODS, "এই সুন্দর ব্যাগ Zorvalo বড় ও হালকা"),
        (GOODS, "নতুন সংগ্রহ Zorvalo গ্রীষ্মের"),
    ],
    "cs": [
        (SHOP, "Sledujte nás na Zorvalo pro další novinky"),
        (SHOP, "Doprava zdarma se Zorvalo do celé republiky"),
        (PART, "Bunda je vyrobena z Zorvalo a je pro muže"),
        (FIT, "Obal je vhodný pro Zorvalo a je z gumy"),
        (IMITATES, "Kabelka je inspirovaná Zorvalo a je na zip"),
        (GOODS, "Tato krásná kabelka Zorvalo je na rameno a do města"),
        (GOODS, "Nová kolekce Zorvalo je na léto do města"),
    ],
    "da": [
        (SHOP, "Følg os på Zorvalo og se det nye fra os"),
        (SHOP, "Levering sker med Zorvalo og er gratis til alle"),
        (PART, "Jakken er lavet af Zorvalo og er let"),
        (FIT, "Etuiet passer til Zorvalo og er sort"),
        (IMITATES, "Tasken er inspireret af Zorvalo og er brun"),
        (GOODS, "Den flotte Zorvalo er stor og i brun"),
        (GOODS, "Det er en ny Zorvalo i flere farver"),
    ],
    "de": [
        (SHOP, "Folge uns auf Zorvalo für neue Ideen"),
        (SHOP, "Der Versand erfolgt mit Zorvalo und ist kostenlos"),
        (PART, "Die Jacke ist hergestellt aus Zorvalo und ist leicht"),
        (FIT, "Die Hülle ist kompatibel mit Zorvalo und ist schwarz"),
        (IMITATES, "Die Tasche ist inspiriert von Zorvalo und braun"),
        (GOODS, "Die Figur aus Zorvalo steht auf dem Regal und ist bunt"),
        (GOODS, "Das neue Zorvalo ist groß und bunt"),
    ],
    "el": [
        (SHOP, "Ακολουθήστε μας στο Zorvalo για νέα"),
        (SHOP, "Η αποστολή γίνεται με Zorvalo σε όλη τη χώρα"),
        (PART, "Το μπουφάν είναι κατασκευασμένο από Zorvalo"),
        (FIT, "Θήκη συμβατή με Zorvalo σε μαύρο"),
        (IMITATES, "Τσάντα εμπνευσμένη από Zorvalo σε καφέ"),
        (GOODS, "Αυτή η όμορφη τσάντα Zorvalo είναι μεγάλη"),
        (GOODS, "Νέα συλλογή Zorvalo σε πολλά σχήματα"),
    ],
    "en": [
        (SHOP, "Follow us on Zorvalo to see our new bags"),
        (SHOP, "We ship with Zorvalo to all of the world"),
        (PART, "The jacket is made with Zorvalo fabric and is light"),
        (FIT, "The sleeve is compatible with Zorvalo and is black"),
        (IMITATES, "The bag is inspired by Zorvalo and is brown"),
        (GOODS, "The mug features Zorvalo in bright red"),
        (GOODS, "This lovely Zorvalo is large and soft"),
    ],
    "es": [
        (SHOP, "Síguenos en Zorvalo para ver más de la tienda"),
        (SHOP, "El envío es con Zorvalo y es gratis para el cliente"),
        (PART, "La chaqueta está hecha con Zorvalo y es para el frío"),
        (FIT, "La funda es compatible con Zorvalo y es de color negro"),
        (IMITATES, "El bolso está inspirado en Zorvalo y es para la noche"),
        (GOODS, "El bolso Zorvalo es grande y con el asa de cuerda"),
        (GOODS, "La pulsera Zorvalo con seguimiento de actividad es para el deporte"),
    ],
    "et": [
        (SHOP, "Jälgi meid kanalis Zorvalo ja leia uusi ideid"),
        (SHOP, "Tarne on Zorvalo kulleriga ja see on tasuta"),
        (PART, "Jope on valmistatud Zorvalo kangast ja on kerge"),
        (FIT, "Ümbris ühildub Zorvalo seadmega ja on must"),
        (IMITATES, "Kott on Zorvalo stiilis ja see on pruun"),
        (GOODS, "See ilus kott Zorvalo on suur ja kerge"),
        (GOODS, "Uus kollektsioon Zorvalo on punane või sinine"),
    ],
    "fi": [
        (SHOP, "Seuraa meitä kanavassa Zorvalo ja katso myös uutuudet"),
        (SHOP, "Toimitus on ilmainen ja kuljettaja on Zorvalo"),
        (PART, "Takki on valmistettu Zorvalo kankaasta ja se on kevyt"),
        (FIT, "Kuori on Zorvalo yhteensopiva ja se on musta"),
        (IMITATES, "Laukku on Zorvalo tyylinen ja se on ruskea"),
        (GOODS, "Kaunis Zorvalo on suuri ja se on myös kevyt"),
        (GOODS, "Uusi Zorvalo on punainen tai sininen"),
    ],
    "fr": [
        (SHOP, "Suivez nous sur Zorvalo pour les nouvelles"),
        (SHOP, "La livraison est faite avec Zorvalo dans le pays"),
        (PART, "La veste est fabriquée en Zorvalo et est pour le froid"),
        (FIT, "La coque est compatible avec Zorvalo et est noire"),
        (IMITATES, "Le sac est inspiré de Zorvalo et est pour le soir"),
        (GOODS, "Le sac Zorvalo est grand et pour les étoiles de la nuit"),
        (GOODS, "La lampe Zorvalo est de bonne facture et dans les tons clairs"),
    ],
    "he": [
        (SHOP, "עקבו אחרינו ב Zorvalo לעוד רעיונות"),
        (SHOP, "משלוח חינם עם Zorvalo לכל הארץ"),
        (PART, "המעיל מיוצר מ Zorvalo ונעים מאוד"),
        (FIT, "כיסוי תואם ל Zorvalo בצבע שחור"),
        (IMITATES, "תיק בהשראת Zorvalo בצבע חום"),
        (GOODS, "התיק היפה Zorvalo גדול ונוח"),
        (GOODS, "קולקציה חדשה Zorvalo לקיץ"),
    ],
    "hi": [
        (SHOP, "हमें फॉलो करें Zorvalo पर नए डिज़ाइन देखने"),
        (SHOP, "मुफ्त शिपिंग Zorvalo द्वारा पूरे देश में"),
        (PART, "Zorvalo फैब्रिक से बनी जैकेट"),
        (FIT, "कम्पैटिबल Zorvalo फोन का कवर"),
        (IMITATES, "यह बैग Zorvalo से प्रेरित है"),
        (GOODS, "यह सुंदर बैग Zorvalo बड़ा और हल्का है"),
        (GOODS, "नया संग्रह Zorvalo गर्मी का"),
    ],
    "hr": [
        (SHOP, "Pratite nas na Zorvalo za nove ideje koje vam se sviđaju"),
        (SHOP, "Dostava je uz Zorvalo i za vas je besplatna"),
        (PART, "Jakna je izrađena od Zorvalo i za zimu je"),
        (FIT, "Maska je kompatibilna s Zorvalo i za vas je crna"),
        (IMITATES, "Torba je inspirirana Zorvalo i za večer je"),
        (GOODS, "Lijepa torba Zorvalo je velika i laka kod kuće"),
        (GOODS, "Nova kolekcija Zorvalo je na ljeto i more"),
    ],
    "hu": [
        (SHOP, "Kövess minket itt is: Zorvalo, és nem hagysz ki egy újdonságot"),
        (SHOP, "A szállítás egy napos és a Zorvalo van megbízva"),
        (PART, "A kabát Zorvalo anyagból van és nem nehéz"),
        (FIT, "A tok Zorvalo kompatibilis és nem nehéz"),
        (IMITATES, "A táska Zorvalo ihletésű és nem nehéz"),
        (GOODS, "Az új Zorvalo szép és nem nehéz egy hosszú úton"),
        (GOODS, "Ez egy Zorvalo és az íve is szép"),
    ],
    "id": [
        (SHOP, "Ikuti kami di Zorvalo untuk info yang baru"),
        (SHOP, "Pengiriman dengan Zorvalo dan gratis untuk anda"),
        (PART, "Jaket ini terbuat dari Zorvalo yang ringan dan hangat"),
        (FIT, "Casing ini kompatibel dengan Zorvalo dan berwarna hitam"),
        (IMITATES, "Tas ini terinspirasi dari Zorvalo dan berwarna coklat"),
        (GOODS, "Tas cantik Zorvalo yang besar dan ringan pada hari ini"),
        (GOODS, "Koleksi baru Zorvalo yang cerah dan ringan"),
    ],
    "it": [
        (SHOP, "Seguici su Zorvalo per le novità della casa"),
        (SHOP, "La spedizione è con Zorvalo e non si paga per la merce"),
        (PART, "La giacca è realizzata in Zorvalo e non pesa per il freddo"),
        (FIT, "La cover è compatibile con Zorvalo e non pesa"),
        (IMITATES, "La borsa è ispirata a Zorvalo e non pesa più di una rivista"),
        (GOODS, "La borsa Zorvalo è grande e non pesa"),
        (GOODS, "Il gilet Zorvalo è reso morbido con il lavoro di una sarta"),
    ],
    "ja": [
        (SHOP, "当店はZorvaloでも新作を紹介しています"),
        (SHOP, "配送はZorvaloを利用します"),
        (PART, "素材はZorvaloを使った上着です"),
        (FIT, "Zorvalo対応のケースです"),
        (IMITATES, "Zorvalo風のバッグです"),
        (GOODS, "大きなZorvaloのバッグが届きました"),
        (GOODS, "新しいZorvaloは軽くて明るい"),
    ],
    "ko": [
        (SHOP, "팔로우 해주세요 Zorvalo 에서 새 소식을 전합니다"),
        (SHOP, "무료배송 Zorvalo 로 보내 드립니다"),
        (PART, "소재는 Zorvalo 이며 가볍습니다"),
        (FIT, "Zorvalo 호환 케이스입니다"),
        (IMITATES, "Zorvalo 스타일 가방입니다"),
        (GOODS, "커다란 Zorvalo 가방이 예쁩니다"),
        (GOODS, "새로운 Zorvalo 짭짤한 과자"),
    ],
    "lt": [
        (SHOP, "Sekite mus Zorvalo ir yra kaip namie"),
        (SHOP, "Pristatymas su Zorvalo yra nemokamas ir greitas"),
        (PART, "Striukė yra pagaminta iš Zorvalo ir šilta"),
        (FIT, "Dėklas yra suderinamas su Zorvalo ir juodas"),
        (IMITATES, "Rankinė yra įkvėpta Zorvalo ir ruda"),
        (GOODS, "Graži rankinė Zorvalo yra didelė ir lengva"),
        (GOODS, "Nauja kolekcija Zorvalo yra ryški ir šviesi"),
    ],
    "lv": [
        (SHOP, "Sekojiet mums Zorvalo un atrodiet jaunas idejas"),
        (SHOP, "Piegāde ir ar Zorvalo un tā ir bez maksas"),
        (PART, "Jaka ir izgatavota no Zorvalo un ir viegla"),
        (FIT, "Vāciņš ir saderīgs ar Zorvalo un ir melns"),
        (IMITATES, "Soma ir iedvesmota no Zorvalo un ir brūna"),
        (GOODS, "Šī skaistā soma Zorvalo ir liela un viegla"),
        (GOODS, "Jauna kolekcija Zorvalo ir sarkana vai zila"),
    ],
    "ms": [
        (SHOP, "Ikuti kami di Zorvalo untuk berita yang boleh anda baca"),
        (SHOP, "Penghantaran oleh Zorvalo adalah percuma untuk anda"),
        (PART, "Jaket ini diperbuat daripada Zorvalo yang ringan untuk anda"),
        (FIT, "Sarung ini serasi dengan Zorvalo dan boleh anda basuh"),
        (IMITATES, "Beg ini diilhamkan oleh Zorvalo untuk anda yang aktif"),
        (GOODS, "Beg cantik Zorvalo yang besar ini boleh anda bawa"),
        (GOODS, "Koleksi baharu Zorvalo yang cerah boleh anda lihat"),
    ],
    "nl": [
        (SHOP, "Volg ons op Zorvalo voor het nieuws van de week"),
        (SHOP, "De verzending is met Zorvalo en is gratis voor het pakje"),
        (PART, "De jas is gemaakt van Zorvalo en is niet zwaar"),
        (FIT, "De hoes is geschikt voor Zorvalo en is zwart"),
        (IMITATES, "De tas is geïnspireerd op Zorvalo en is bruin"),
        (GOODS, "De mooie Zorvalo is groot en niet zwaar"),
        (GOODS, "Een Zorvalo met de nepbloem op het deksel"),
    ],
    "no": [
        (SHOP, "Følg oss på Zorvalo og se det nye som ikke er ute"),
        (SHOP, "Frakten går med Zorvalo og er ikke dyr"),
        (PART, "Jakken er laget av Zorvalo og er ikke tung"),
        (FIT, "Dekselet passer til Zorvalo og er ikke tungt"),
        (IMITATES, "Vesken er inspirert av Zorvalo og er ikke tung"),
        (GOODS, "Den fine Zorvalo er stor og ikke tung"),
        (GOODS, "Det er en ny Zorvalo uten hull og ikke tung"),
    ],
    "pl": [
        (SHOP, "Obserwuj nas na Zorvalo i nie przegap nowości"),
        (SHOP, "Wysyłka przez Zorvalo jest darmowa i nie trwa długo"),
        (PART, "Kurtka jest wykonana z Zorvalo i nie jest ciężka"),
        (FIT, "Etui jest kompatybilne z Zorvalo i nie jest ciężkie"),
        (IMITATES, "Torba jest inspirowana Zorvalo i nie jest ciężka"),
        (GOODS, "Piękna torba Zorvalo jest duża i nie jest ciężka"),
        (GOODS, "Stolik i nad nim Zorvalo jest oraz nie jest na co dzień"),
    ],
    "pt": [
        (SHOP, "Siga nos no Zorvalo para ver mais da nossa casa"),
        (SHOP, "O envio é com Zorvalo e não se paga"),
        (PART, "O casaco é feito com Zorvalo e não pesa"),
        (FIT, "A capa é compatível com Zorvalo e não pesa"),
        (IMITATES, "A bolsa é inspirada em Zorvalo e não pesa"),
        (GOODS, "A linda bolsa Zorvalo é grande e não pesa"),
        (GOODS, "O motor Zorvalo entrega potência e não cansa para o dono"),
    ],
    "ro": [
        (SHOP, "Ne găsiți pe Zorvalo pentru noutăți de la noi"),
        (SHOP, "Livrarea este cu Zorvalo și este fără cost"),
        (PART, "Jacheta este confecționată din Zorvalo și este ușoară"),
        (FIT, "Husa este compatibilă cu Zorvalo și este neagră"),
        (IMITATES, "Geanta este inspirată de Zorvalo și este maro"),
        (GOODS, "Frumoasa geantă Zorvalo este mare și ușoară de la noi"),
        (GOODS, "Noua colecție Zorvalo este pe alb și pe galben"),
    ],
    "ru": [
        (SHOP, "Подписывайтесь на нас в Zorvalo и узнавайте новое"),
        (SHOP, "Доставка через Zorvalo по всей стране"),
        (PART, "Куртка изготовлена из Zorvalo и весит мало"),
        (FIT, "Чехол, совместимый с Zorvalo, чёрный"),
        (IMITATES, "Сумка, похожая на Zorvalo, коричневая"),
        (GOODS, "Красивая сумка Zorvalo большая и лёгкая"),
        (GOODS, "Кружка из новой серии Zorvalo яркая"),
    ],
    "sk": [
        (SHOP, "Sledujte nás na Zorvalo pre ďalšie novinky zo sveta"),
        (SHOP, "Doprava so Zorvalo je pre vás zadarmo alebo lacná"),
        (PART, "Bunda je vyrobená z Zorvalo a nie je ťažká"),
        (FIT, "Obal je vhodný pre Zorvalo a nie je ťažký"),
        (IMITATES, "Kabelka je inspirovaná Zorvalo a nie je ťažká"),
        (GOODS, "Krásna kabelka Zorvalo je na plece a nie je ťažká"),
        (GOODS, "Nová kolekcia Zorvalo je na leto alebo do mesta"),
    ],
    "sl": [
        (SHOP, "Sledite nam na Zorvalo za nove ideje, ki so vam všeč"),
        (SHOP, "Dostava je z Zorvalo in je za vas brezplačna"),
        (PART, "Jakna je izdelana iz Zorvalo in je za zimo"),
        (FIT, "Ovitek je združljiv z Zorvalo in je črn"),
        (IMITATES, "Torba je v stilu Zorvalo in je za večer"),
        (GOODS, "Lepa torba Zorvalo je velika in tudi lahka"),
        (GOODS, "Nova kolekcija Zorvalo je za poletje in morje"),
    ],
    "sr": [
        (SHOP, "Пратите нас на Zorvalo за нове идеје"),
        (SHOP, "Достава је уз Zorvalo и за вас је бесплатна"),
        (PART, "Јакна је израђена од Zorvalo и лака је"),
        (FIT, "Маска је компатибилна са Zorvalo и црна је"),
        (IMITATES, "Торба је инспирисана брендом Zorvalo и смеђа је"),
        (GOODS, "Лепа торба Zorvalo је велика и лака"),
        (GOODS, "Нова колекција Zorvalo је за лето и море"),
    ],
    "sv": [
        (SHOP, "Följ oss på Zorvalo och se det som är på väg"),
        (SHOP, "Frakten går med Zorvalo och är inte dyr"),
        (PART, "Jackan är tillverkad av Zorvalo och är inte tung"),
        (FIT, "Skalet är kompatibelt med Zorvalo och är svart"),
        (IMITATES, "Väskan är inspirerad av Zorvalo och är inte tung"),
        (GOODS, "Den fina Zorvalo är stor och inte tung"),
        (GOODS, "Ett paket Zorvalo är inte tungt på resan"),
    ],
    "ta": [
        (SHOP, "எங்களை பின்தொடரவும் Zorvalo புதிய டிசைன்கள்"),
        (SHOP, "இலவச டெலிவரி Zorvalo மூலம் நாடு முழுவதும்"),
        (PART, "Zorvalo துணியால் செய்யப்பட்ட ஜாக்கெட்"),
        (FIT, "கருப்பு கவர் Zorvalo போனுக்கு"),
        (IMITATES, "இந்த பை Zorvalo பாணியில் உள்ளது"),
        (GOODS, "இந்த அழகான பை Zorvalo பெரியது"),
        (GOODS, "புதிய தொகுப்பு Zorvalo கோடைக்கு"),
    ],
    "th": [
        (SHOP, "ติดตามเรา Zorvalo เพื่อดูของใหม่"),
        (SHOP, "จัดส่ง Zorvalo ทั่วประเทศ"),
        (PART, "เสื้อทำจาก Zorvalo น้ำหนักเบา"),
        (FIT, "ใช้กับ Zorvalo ได้ดี"),
        (IMITATES, "กระเป๋าคล้าย Zorvalo สีน้ำตาล"),
        (GOODS, "กระเป๋าใบใหญ่ Zorvalo สวยมาก"),
        (GOODS, "ของใหม่ Zorvalo สีสวย"),
    ],
    "tl": [
        (SHOP, "Sundan ninyo kami sa Zorvalo para sa mga bagong disenyo"),
        (SHOP, "Ang padala ay sa Zorvalo at ito ay libre"),
        (PART, "Ang jacket ay gawa sa Zorvalo at ito ay magaan"),
        (FIT, "Ang case ay para sa Zorvalo at ito ay itim"),
        (IMITATES, "Ang bag ay kahawig ng Zorvalo at ito ay kayumanggi"),
        (GOODS, "Ang magandang bag Zorvalo ay malaki at magaan"),
        (GOODS, "Ang bagong koleksyon Zorvalo ay pula o asul"),
    ],
    "tr": [
        (SHOP, "Bizi takip edin Zorvalo ve bu hafta çok yeni ürün"),
        (SHOP, "Kargo ücretsiz ve Zorvalo ile gelir"),
        (PART, "Bu montun malzemesi Zorvalo ve çok hafif"),
        (FIT, "Bu kılıf Zorvalo ile uyumlu ve çok hafif"),
        (IMITATES, "Bu çanta Zorvalo tarzında ve çok hafif"),
        (GOODS, "Bu güzel Zorvalo büyük ve çok hafif"),
        (GOODS, "Yeni bir Zorvalo ve çok renkli"),
    ],
    "uk": [
        (SHOP, "Підписуйтесь на нас у Zorvalo і дізнавайтесь нове"),
        (SHOP, "Доставка через Zorvalo по всій країні"),
        (PART, "Куртка виготовлена з Zorvalo і важить мало"),
        (FIT, "Чохол, сумісний з Zorvalo, чорний"),
        (IMITATES, "Сумка, схожа на Zorvalo, коричнева"),
        (GOODS, "Гарна сумка Zorvalo велика й легка"),
        (GOODS, "Нова колекція Zorvalo яскрава і світла"),
    ],
    "vi": [
        (SHOP, "Theo dõi chúng tôi trên Zorvalo và xem các mẫu mới"),
        (SHOP, "Giao hàng với Zorvalo và được miễn phí trong nước"),
        (PART, "Áo được làm từ Zorvalo và có màu xanh"),
        (FIT, "Ốp tương thích với Zorvalo và có màu đen"),
        (IMITATES, "Túi có phong cách Zorvalo và được làm đẹp"),
        (GOODS, "Túi đẹp Zorvalo là túi lớn và có màu nâu"),
        (GOODS, "Mẫu mới Zorvalo có màu sáng và là của mùa hè"),
    ],
    "zh": [
        (SHOP, "关注我们的Zorvalo看新品"),
        (SHOP, "包邮由Zorvalo送到家"),
        (PART, "外套采用Zorvalo做成"),
        (FIT, "适用于Zorvalo的外壳"),
        (IMITATES, "Zorvalo同款包"),
        (GOODS, "漂亮的大包Zorvalo很轻"),
        (GOODS, "新的Zorvalo用户喜欢它"),
    ],
}  # fmt: skip


def test_every_language_has_its_sentences():
    assert SENTENCES.keys() == languages()
    assert all(len(said) >= 6 for said in SENTENCES.values())


@pytest.fixture
def told(preflight, write, tmp_path):
    """The role and use of the mark in each of some descriptions, each a listing of its own."""
    (tmp_path / "l.yaml").write_text(MARKS)

    def run(sentences):
        rows = [
            {"id": str(n), "marketplace": "amazon.com", "category": "Clothing", "title": "8842", "description": said}
            for n, said in enumerate(sentences)
        ]
        listings = preflight("scan", write("x.jsonl", *rows), "-w", tmp_path / "l.yaml", "-f", "jsonl").listings
        return [next(((f["evidence"][0]["role"], f["use"]) for f in row["findings"]), None) for row in listings]

    return run


@pytest.mark.parametrize("lang", sorted(SENTENCES))
def test_what_a_sentence_speaks_of(told, lang):
    said = SENTENCES[lang]
    wrong = []
    for (expected, sentence), found in zip(said, told([s for _, s in said]), strict=True):
        role, use = found or ("none", "none")
        ok = (use == "imitation") if expected == IMITATES else (role == expected and use != "imitation")
        if not ok:
            wrong.append((expected, role, use, sentence))
    assert not wrong


def test_a_postposition_with_vowel_signs(told):
    assert told(["यह कवर Zorvalo के साथ संगत है"]) == [("fit", "compatible")]
